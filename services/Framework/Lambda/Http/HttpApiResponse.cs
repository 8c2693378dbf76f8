using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// A fully buffered response. It starts when Kestrel's would: at the first flush or write, or at the end. Setting
/// headers later is an error, as on Kestrel.
/// </summary>
internal sealed class HttpApiResponse : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _onStarting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _onCompleted = new();
    private readonly ResponseWriter _body;
    private int _statusCode = StatusCodes.Status200OK;

    public HttpApiResponse()
    {
        _body = new ResponseWriter(StartAsync);
        Stream = _body.AsStream(leaveOpen: true);
    }

    public int StatusCode
    {
        get => _statusCode;
        set => _statusCode = HasStarted ? throw new InvalidOperationException("StatusCode cannot be set because the response has already started.") : value;
    }

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Stream { get; }

    public PipeWriter Writer => _body;

    public bool HasStarted { get; private set; }

    /// <summary>True if the response was larger than Lambda accepts.</summary>
    public bool WasTooLarge { get; private set; }

    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => throw new NotSupportedException("Set IHttpResponseBodyFeature instead.");
    }

    public void DisableBuffering()
    {
    }

    public void OnStarting(Func<object, Task> callback, object state)
    {
        if (HasStarted) throw new InvalidOperationException("OnStarting cannot be set because the response has already started.");
        _onStarting.Push((callback, state));
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _onCompleted.Push((callback, state));

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted) return;
        while (_onStarting.TryPop(out var next)) await next.Callback(next.State);
        if (Headers is HeaderDictionary headers) headers.IsReadOnly = true;
        HasStarted = true;
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public Task CompleteAsync() => StartAsync();

    /// <summary>Returns the callbacks of <see cref="OnCompleted"/>, the last one first.</summary>
    public IEnumerable<Func<Task>> TakeCompleted()
    {
        while (_onCompleted.TryPop(out var next)) yield return () => next.Callback(next.State);
    }

    /// <summary>Drops everything written, which was not sent yet, and responds with only the status.</summary>
    public void Fail(int statusCode)
    {
        _body.Clear();
        Headers = new HeaderDictionary();
        _statusCode = statusCode;
        HasStarted = true;
    }

    /// <summary>
    /// Returns the invocation's response. A response that is too large for Lambda becomes a problem document. Otherwise
    /// Lambda would fail the invocation, and the client would get a 500 without explanation.
    /// </summary>
    public ReadOnlyMemory<byte> Write(string method)
    {
        var answer = HttpApiAnswer.Write(StatusCode, Headers, _body.Written.Span, method);
        if (answer.Length <= HttpApiAnswer.LargestBytes) return answer;
        WasTooLarge = true;
        Fail(StatusCodes.Status500InternalServerError);
        Headers.ContentType = HttpApiAnswer.TooLargeType;
        Headers.CacheControl = "no-store";
        _body.Reset(HttpApiAnswer.TooLarge.Span);
        return HttpApiAnswer.Write(StatusCode, Headers, _body.Written.Span, method);
    }
}
