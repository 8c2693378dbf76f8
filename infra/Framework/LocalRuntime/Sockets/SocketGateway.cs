using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.LocalRuntime.Lambda;

namespace ServerlessCqrs.LocalRuntime.Sockets;

/// <summary>
/// Plays an API Gateway WebSocket API with one Lambda function behind <c>$connect</c>, <c>$disconnect</c> and <c>$default</c>,
/// whose answers go back to the socket; and its <c>@connections</c>, through which the function reaches sockets
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html).
/// </summary>
public sealed class SocketGateway : IAsyncDisposable
{
    private readonly string _path;
    private readonly SocketLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, OpenSocket> _open = new();
    private readonly ConcurrentDictionary<Task, bool> _serving = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile IInvoker? _function;

    private SocketGateway(string path, SocketLimits limits, TimeProvider clock, ILogger log, WebApplication app) =>
        (_path, _limits, _clock, _log, _app) = (path, limits, clock, log, app);

    /// <summary>Where sockets connect and <c>@connections</c> is: the stage's URL.</summary>
    public Uri Url => new(LoopbackServer.UrlOf(_app), _path);

    /// <param name="path">The stage's, with a slash before it.</param>
    public static async Task<SocketGateway> StartAsync(int port, string path, ILoggerFactory logs, CancellationToken ct, SocketLimits? limits = null, TimeProvider? clock = null)
    {
        var app = LoopbackServer.Builder(port, SocketLimits.MessageBytes + 1024, logs, takesOtherOrigins: _ => true).Build();
        var gateway = new SocketGateway(path, limits ?? new(), clock ?? TimeProvider.System, logs.CreateLogger<SocketGateway>(), app);
        app.Run(gateway.HandleAsync);
        await app.StartAsync(ct);
        return gateway;
    }

    /// <summary>From now on sockets are let in.</summary>
    public void Serve(IInvoker function) => _function = function;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_serving.Keys);
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private Task HandleAsync(HttpContext http) =>
        http.Request.Path == _path ? ConnectAsync(http)
        : http.Request.Path.StartsWithSegments($"{_path}/@connections", out var id) && id.HasValue ? ManageAsync(http, id.Value![1..])
        : AnswerAsync(http, StatusCodes.Status403Forbidden, "Forbidden");

    private async Task ConnectAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || KeyOf(http.Request) is not { } key)
        {
            await AnswerAsync(http, StatusCodes.Status403Forbidden, "Missing Authentication Token");
            return;
        }

        var id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(11)).Replace('+', '-').Replace('/', '_');
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var answer = await InvokeAsync(SocketEventJson.Connect(id, address, http.Request.Headers, _clock.GetUtcNow()));
        if (answer is not { Status: >= 200 and < 300 })
        {
            await AnswerAsync(http, answer?.Status ?? StatusCodes.Status502BadGateway, answer is null ? "Internal server error" : "Forbidden");
            return;
        }

        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept = AcceptOf(key);
        var frames = new FrameStream(await upgrade.UpgradeAsync(), _clock);
        using var socket = new OpenSocket(id, address, http.Request.Headers.UserAgent.ToString(), frames, _limits, _clock);
        _open[id] = socket;
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _serving[served.Task] = true;
        try
        {
            await ServeAsync(socket, http.RequestAborted);
        }
        finally
        {
            _open.TryRemove(id, out _);
            _serving.TryRemove(served.Task, out _);
            served.SetResult();
        }
    }

    private async Task ServeAsync(OpenSocket socket, CancellationToken aborted)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, aborted);
        var status = await socket.RunAsync(
            async text =>
            {
                var answer = await InvokeAsync(SocketEventJson.Message(socket, text, _clock.GetUtcNow()));
                // What API Gateway says of a function that failed.
                var body = answer is null ? JsonSerializer.Serialize(new { message = "Internal server error", connectionId = socket.Id }) : answer.Value.Body;
                if (body is not null) socket.TryPost(Encoding.UTF8.GetBytes(body));
            },
            over.Token);
        _open.TryRemove(socket.Id, out _);
        if (!_stop.IsCancellationRequested) await InvokeAsync(SocketEventJson.Disconnect(socket, (int)status, _clock.GetUtcNow()));
    }

    /// <summary>The function's answer; null where it failed, or gave none that a proxy integration takes.</summary>
    private async Task<(int Status, string? Body)?> InvokeAsync(byte[] payload)
    {
        try
        {
            if (_function is not { } function || await function.InvokeAsync(payload, _stop.Token) is not InvocationResult.Answered answer) return null;
            using var json = JsonDocument.Parse(answer.Payload);
            return (
                json.RootElement.GetProperty("statusCode").GetInt32(),
                json.RootElement.TryGetProperty("body", out var body) ? body.GetString() : null);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            _log.LogWarning("{Function} gave a socket's event an answer that API Gateway does not take: {Reason}", _function!.Name, e.Message);
            return null;
        }
    }

    private Task ManageAsync(HttpContext http, string id)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal) || !authorization.Contains("/execute-api/aws4_request", StringComparison.Ordinal))
            return RefuseAsync(http, StatusCodes.Status403Forbidden, "ForbiddenException");
        if (!id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '='))
            return RefuseAsync(http, StatusCodes.Status400BadRequest, "BadRequestException");
        if (!_open.TryGetValue(id, out var socket)) return RefuseAsync(http, StatusCodes.Status410Gone, "GoneException");
        return http.Request.Method switch
        {
            "POST" => PostAsync(http, socket),
            "GET" => DescribeAsync(http, socket),
            "DELETE" => CloseAsync(http, socket),
            _ => RefuseAsync(http, StatusCodes.Status403Forbidden, "ForbiddenException"),
        };
    }

    private static async Task PostAsync(HttpContext http, OpenSocket socket)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (body.Length > SocketLimits.MessageBytes) await RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, "PayloadTooLargeException");
        else if (!socket.TryPost(body.ToArray())) await RefuseAsync(http, StatusCodes.Status429TooManyRequests, "LimitExceededException");
    }

    private static Task DescribeAsync(HttpContext http, OpenSocket socket) => http.Response.WriteAsJsonAsync(
        new
        {
            connectedAt = socket.OpenedAt.UtcDateTime,
            identity = new { sourceIp = socket.Address, userAgent = socket.Agent },
            lastActiveAt = socket.LastActive.UtcDateTime,
        },
        http.RequestAborted);

    private static Task CloseAsync(HttpContext http, OpenSocket socket)
    {
        socket.Close(WebSocketCloseStatus.NormalClosure);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext http, int status, string type)
    {
        http.Response.Headers["x-amzn-ErrorType"] = type;
        return AnswerAsync(http, status, type);
    }

    private static Task AnswerAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new { message, connectionId = (string?)null, requestId = http.TraceIdentifier }), http.RequestAborted);
    }

    private static string? KeyOf(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && request.Headers.SecWebSocketVersion == "13"
        && request.Headers.SecWebSocketKey is [{ Length: 24 } key]
            ? key
            : null;

    /// <summary>RFC 6455, section 4.2.2.</summary>
#pragma warning disable CA5350 // the protocol asks for SHA-1, and it guards nothing
    private static string AcceptOf(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
