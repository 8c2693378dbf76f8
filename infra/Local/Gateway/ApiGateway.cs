using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Topology;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessCqrs.Local.Gateway;

/// <summary>
/// Plays an API Gateway HTTP API: routes by method, checks tokens, throttles, and answers its own errors with its own fixed bodies
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html).
/// </summary>
public sealed class ApiGateway : IAsyncDisposable
{
    /// <summary>API Gateway quotas: payload size.</summary>
    private const long LargestBody = 10 * 1024 * 1024;

    private static readonly TimeSpan RefillEvery = TimeSpan.FromMilliseconds(50);
    private readonly GatewayOptions _options;
    private readonly WebApplication _app;
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client;
    private readonly TokenCheck _tokens;
    private readonly Cors _cors;
    private readonly TokenBucketRateLimiter? _throttle;
    private readonly ForwarderRequestConfig _forwarding;

    private ApiGateway(GatewayOptions options, WebApplication app)
    {
        (_options, _app) = (options, app);
        _forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        _client = ServiceConnector.Client(options.ColdStart);
        _tokens = new TokenCheck(options.Issuer, options.Audience);
        _cors = new Cors(options.CorsOrigins);
        _throttle = options.Throttle is { } throttle ? Limiter(throttle) : null;
        // Ours is the only timeout: the whole request's, where the forwarder's own counts idle time.
        _forwarding = new ForwarderRequestConfig { ActivityTimeout = options.Timeout + options.Timeout };
    }

    public Uri Url => LoopbackServer.UrlOf(_app);

    public static async Task<ApiGateway> StartAsync(GatewayOptions options, ILoggerFactory logs, CancellationToken ct)
    {
        var builder = LoopbackServer.Builder(options.Port, LargestBody, logs);
        builder.Services.AddHttpForwarder();
        var gateway = new ApiGateway(options, builder.Build());
        gateway._app.Run(gateway.HandleAsync);
        await gateway._app.StartAsync(ct);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _client.Dispose();
        if (_throttle is not null)
            await _throttle.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["Apigw-Requestid"] = http.TraceIdentifier;
            _cors.Sign(http);
            return Task.CompletedTask;
        });
        if (HttpMethods.IsOptions(http.Request.Method) && _cors.IsOn)
            _cors.AnswerPreflight(http);
        else if (_throttle is not null && !(await _throttle.AcquireAsync(1, http.RequestAborted)).IsAcquired)
            await ThrottledAsync(http);
        else if (ServiceFor(http.Request.Method) is not { } service)
            await AnswerAsync(http, StatusCodes.Status404NotFound, "Not Found");
        else if (ShopRoutes.NeedsToken(http.Request) && !await _tokens.PassesAsync(http.Request))
            await UnauthorizedAsync(http);
        else if (http.Request.ContentLength > LargestBody)
            await AnswerAsync(http, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
        else
            await ForwardAsync(http, service);
    }

    private Uri? ServiceFor(string method) =>
        _options.Routes.Where(route => route.Key.Methods.Contains(method, StringComparer.OrdinalIgnoreCase)).Select(route => route.Value).FirstOrDefault();

    private async Task ForwardAsync(HttpContext http, Uri service)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        over.CancelAfter(_options.Timeout);
        var error = await _forwarder.SendAsync(http, service.ToString(), _client, _forwarding, HttpTransformer.Default, over.Token);
        if (error == ForwarderError.None || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            return;
        if (http.GetForwarderErrorFeature()?.Exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            await AnswerAsync(http, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
        else if (over.IsCancellationRequested)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
        else
            // A service that died over the request: what an HTTP API says of a Lambda function that did.
            await AnswerAsync(http, StatusCodes.Status500InternalServerError, "Internal Server Error");
    }

    private static Task UnauthorizedAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return AnswerAsync(http, StatusCodes.Status401Unauthorized, "Unauthorized");
    }

    private static Task ThrottledAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return AnswerAsync(http, StatusCodes.Status429TooManyRequests, "Too Many Requests");
    }

    private static Task AnswerAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        // The edge must not keep what a retry would change.
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync($$"""{"message":"{{message}}"}""", http.RequestAborted);
    }

    private static TokenBucketRateLimiter Limiter(Throttle throttle)
    {
        var refills = 1 / RefillEvery.TotalSeconds;
        var tokens = Math.Max(1, (int)(throttle.RequestsPerSecond / refills));
        return new(new TokenBucketRateLimiterOptions
        {
            TokenLimit = throttle.Burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)tokens / throttle.RequestsPerSecond),
            QueueLimit = 0,
        });
    }
}
