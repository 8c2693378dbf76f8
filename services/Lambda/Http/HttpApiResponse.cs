using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// A response, buffered whole, and how it is written in payload format 2.0. It starts when Kestrel's would: at the first flush or
/// write, or at the end; headers set later are the same mistake here as there.
/// </summary>
internal sealed class HttpApiResponse : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private static readonly byte[] TooLarge =
        """{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"The answer is larger than 6 MB. Ask for less, for example with a smaller limit.","code":"answer_too_large"}"""u8.ToArray();

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>Whether the answer was larger than Lambda takes.</summary>
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

    /// <summary>The callbacks of <see cref="OnCompleted"/>, the last one first.</summary>
    public IEnumerable<Func<Task>> TakeCompleted()
    {
        while (_onCompleted.TryPop(out var next)) yield return () => next.Callback(next.State);
    }

    /// <summary>Drops what was written, for nothing of it is out yet, and answers only the status.</summary>
    public void Fail(int statusCode)
    {
        _body.Clear();
        Headers = new HeaderDictionary();
        _statusCode = statusCode;
        HasStarted = true;
    }

    /// <summary>The invocation's answer. What Lambda would refuse as too large becomes a problem document: a refused answer is a failed invocation, and its client would get a 500 that says nothing.</summary>
    public ReadOnlyMemory<byte> Write(string method)
    {
        var answer = WriteWhole(method);
        if (answer.Length <= RuntimeApi.MaxResponseBytes) return answer;
        WasTooLarge = true;
        Fail(StatusCodes.Status500InternalServerError);
        Headers.ContentType = "application/problem+json";
        Headers.CacheControl = "no-store";
        _body.Reset(TooLarge);
        return WriteWhole(method);
    }

    private ReadOnlyMemory<byte> WriteWhole(string method)
    {
        var body = HasBody(method) ? _body.Written.Span : default;
        var buffer = new ArrayBufferWriter<byte>(body.Length + 1024);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode"u8, StatusCode);
            json.WriteStartObject("headers"u8);
            foreach (var (name, values) in Headers)
                if (values.Count > 0 && IsForTheClient(name, method)) json.WriteString(name, string.Join(", ", (IEnumerable<string?>)values));
            json.WriteEndObject();
            WriteCookies(json);
            WriteBody(json, body);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private bool HasBody(string method) =>
        !HttpMethods.IsHead(method) && StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    // the gateway frames the response itself; only of a HEAD's missing body it cannot know the length
    private static bool IsForTheClient(string name, string method) =>
        !Is(name, HeaderNames.SetCookie) && !Is(name, HeaderNames.TransferEncoding) && !Is(name, HeaderNames.Connection)
        && (!Is(name, HeaderNames.ContentLength) || HttpMethods.IsHead(method));

    private void WriteCookies(Utf8JsonWriter json)
    {
        if (Headers.SetCookie.Count == 0) return;
        json.WriteStartArray("cookies"u8);
        foreach (var cookie in Headers.SetCookie) json.WriteStringValue(cookie);
        json.WriteEndArray();
    }

    private void WriteBody(Utf8JsonWriter json, ReadOnlySpan<byte> body)
    {
        var isText = StringValues.IsNullOrEmpty(Headers.ContentEncoding) && IsText(Headers.ContentType) && Utf8.IsValid(body);
        if (isText) json.WriteString("body"u8, body);
        else json.WriteBase64String("body"u8, body);
        json.WriteBoolean("isBase64Encoded"u8, !isText);
    }

    private static bool IsText(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;
        return (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && (Is(type.Type, "text") || Is(type.SubType, "json") || Is(type.Suffix, "json") || Is(type.SubType, "xml") || Is(type.Suffix, "xml") || Is(type.SubType, "javascript"));
    }

    private static bool Is(StringSegment a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
