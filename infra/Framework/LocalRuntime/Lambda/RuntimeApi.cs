using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Gateway;
using ListenOptions = Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// Lambda's Runtime API, version 2018-06-01 (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). Each
/// instance has its own loopback port, as each execution environment has its own API on Lambda.
/// </summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    private const int LargestAnswer = ServerlessCqrs.Lambda.HttpApiAnswer.LargestBytes;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);
    private readonly Dictionary<FunctionInstance, ListenOptions> _places;
    private readonly WebApplication _app;
    private readonly ILogger _log;

    private RuntimeApi(WebApplication app, Dictionary<FunctionInstance, ListenOptions> places, ILogger log) => (_app, _places, _log) = (app, places, log);

    public static async Task<RuntimeApi> StartAsync(IEnumerable<FunctionInstance> instances, ILoggerFactory logs, CancellationToken ct)
    {
        var places = new Dictionary<FunctionInstance, ListenOptions>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddSingleton<IStartupFilter>(new OriginGuard(_ => false));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopGrace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var instance in instances)
            {
                kestrel.Listen(IPAddress.Loopback, port: 0, place =>
                {
                    places.Add(instance, place);
                    place.Use(next => connection =>
                    {
                        connection.Features.Set(instance);
                        return next(connection);
                    });
                });
            }
        });
        var api = new RuntimeApi(builder.Build(), places, logs.CreateLogger<RuntimeApi>());
        api.Map();
        await api._app.StartAsync(ct);
        return api;
    }

    /// <summary>The value of <c>AWS_LAMBDA_RUNTIME_API</c> for an instance: host and port.</summary>
    public string AuthorityOf(FunctionInstance instance) => _places[instance].IPEndPoint!.ToString();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Map()
    {
        var runtime = _app.MapGroup("/2018-06-01/runtime");
        runtime.MapGet("/invocation/next", NextAsync);
        runtime.MapPost("/invocation/{id}/response", (HttpContext http, string id) => EndAsync(http, id, body => new InvocationResult.Answered(body)));
        runtime.MapPost("/invocation/{id}/error", (HttpContext http, string id) => EndAsync(http, id, ErrorOf));
        runtime.MapPost("/init/error", InitErrorAsync);
    }

    private async Task NextAsync(HttpContext http)
    {
        var instance = http.Features.Get<FunctionInstance>()!;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _app.Lifetime.ApplicationStopping);
        Invocation invocation;
        DateTimeOffset deadline;
        try
        {
            (invocation, deadline) = await instance.NextAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
            return;
        }

        var headers = http.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = instance.Function.Arn;
        headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{deadline.ToUnixTimeSeconds():x8}-{invocation.Id.Replace("-", "", StringComparison.Ordinal)[..24]};Sampled=0";
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = invocation.Payload.Length;
        try
        {
            await http.Response.Body.WriteAsync(invocation.Payload, http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            instance.HandOverFailed(invocation);
        }
    }

    private static async Task EndAsync(HttpContext http, string id, Func<byte[], InvocationResult> toResult)
    {
        var body = await ReadAsync(http);
        if (body.Length > LargestAnswer)
            await AnswerAsync(http, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", $"Exceeded maximum allowed payload size ({LargestAnswer} bytes).");
        else if (http.Features.Get<FunctionInstance>()!.TryEnd(id, toResult(body)))
            await AcceptAsync(http);
        else
            await AnswerAsync(http, StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");
    }

    /// <summary>Handles a program that could not start. The program ends, and its launcher restarts it.</summary>
    private async Task InitErrorAsync(HttpContext http)
    {
        var error = ErrorOf(await ReadAsync(http));
        _log.LogError("{Instance} could not start: {ErrorType}: {Message}", http.Features.Get<FunctionInstance>()!.Name, error.ErrorType, error.Message);
        await AcceptAsync(http);
    }

    private static InvocationResult.Failed ErrorOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return new(Text(json.RootElement, "errorType") ?? "Unhandled", Text(json.RootElement, "errorMessage") ?? "");
        }
        catch (JsonException)
        {
            return new("Unhandled", "The function failed and its error is not JSON.");
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }

    private static Task AcceptAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return http.Response.WriteAsync("""{"status":"OK"}""");
    }

    private static Task AnswerAsync(HttpContext http, int status, string type, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new { errorMessage = message, errorType = type }));
    }
}
