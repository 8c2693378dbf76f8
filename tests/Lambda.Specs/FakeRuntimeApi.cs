using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>The host's response to one invocation.</summary>
internal sealed record Answer(
    bool IsError,
    byte[] Body,
    string? ErrorType)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string ErrorMessage => JsonDocument.Parse(Body).RootElement.GetProperty("errorMessage").GetString()!;
}

/// <summary>Lambda's side of the Runtime API, on a free port of this machine.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly Channel<(string Id, byte[] Payload, DateTimeOffset Deadline)> _invocations = Channel.CreateUnbounded<(string, byte[], DateTimeOffset)>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Answer>> _answers = new();
    private readonly TaskCompletionSource<Answer> _initError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _polled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;
    private int _lastId;

    private FakeRuntimeApi(WebApplication app) => _app = app;

    public string Authority { get; private set; } = "";

    /// <summary>The arguments with which a program runs here.</summary>
    public string[] Args => [$"--AWS_LAMBDA_RUNTIME_API={Authority}"];

    /// <summary>Completes when the host has requested an invocation.</summary>
    public Task Polled => _polled.Task.WaitAsync(Patience);

    public Task<Answer> InitError => _initError.Task.WaitAsync(Patience);

    public bool HasInitError => _initError.Task.IsCompleted;

    /// <summary>Refuses larger responses with 413.</summary>
    public int MaxAnswerBytes { get; set; } = int.MaxValue;

    /// <summary>Long enough for any machine. A spec that waits this long has failed.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public static async Task<FakeRuntimeApi> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var api = new FakeRuntimeApi(app);
        api.Map();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        api.Authority = new Uri(address).Authority;
        return api;
    }

    public Task<Answer> InvokeAsync(string payload, DateTimeOffset? deadline = null) => InvokeAsync(Encoding.UTF8.GetBytes(payload), deadline);

    public Task<Answer> InvokeAsync(byte[] payload, DateTimeOffset? deadline = null)
    {
        var id = $"request-{Interlocked.Increment(ref _lastId)}";
        var answer = _answers[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations.Writer.TryWrite((id, payload, deadline ?? DateTimeOffset.UtcNow.AddMinutes(1)));
        return answer.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        var runtime = _app.MapGroup("/2018-06-01/runtime");
        runtime.MapGet("/invocation/next", new RequestDelegate(NextAsync));
        runtime.MapPost("/invocation/{id}/response", new RequestDelegate(http => AnsweredAsync(http, isError: false)));
        runtime.MapPost("/invocation/{id}/error", new RequestDelegate(http => AnsweredAsync(http, isError: true)));
        runtime.MapPost("/init/error", new RequestDelegate(async http =>
        {
            _initError.TrySetResult(await ReadAsync(http, isError: true));
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }));
    }

    private async Task NextAsync(HttpContext http)
    {
        _polled.TrySetResult();
        var (id, payload, deadline) = await _invocations.Reader.ReadAsync(http.RequestAborted);
        http.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = id;
        http.Response.Headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:sample";
        http.Response.Headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700";
        await http.Response.Body.WriteAsync(payload);
    }

    private async Task AnsweredAsync(HttpContext http, bool isError)
    {
        var answer = await ReadAsync(http, isError);
        http.Response.StatusCode = answer.Body.Length > MaxAnswerBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status202Accepted;
        if (http.Response.StatusCode == StatusCodes.Status202Accepted) _answers[(string)http.Request.RouteValues["id"]!].SetResult(answer);
    }

    private static async Task<Answer> ReadAsync(HttpContext http, bool isError)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return new(isError, body.ToArray(), http.Request.Headers["Lambda-Runtime-Function-Error-Type"]);
    }
}
