using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Topology;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Plays an API Gateway HTTP API. It routes by method, checks tokens, throttles, and sends API Gateway's fixed bodies
/// for its own errors (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html).
/// </summary>
public sealed class ApiGateway : IAsyncDisposable
{
    /// <summary>Far beyond the limit, so that this gateway and not Kestrel refuses a larger head.</summary>
    private const int HeadKestrelReads = 128 * 1024;

    /// <summary>The key of the bucket for reads by <c>POST</c>, which no method has.</summary>
    private const string ReadByPost = "";

    private static readonly TimeSpan RefillEvery = TimeSpan.FromMilliseconds(50);
    private readonly GatewayOptions _options;
    private readonly WebApplication _app;
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client;
    private readonly TokenCheck _tokens;
    private readonly RouteRules _rules;
    private readonly Cors _cors;
    private readonly Dictionary<string, TokenBucketRateLimiter> _throttles;
    private readonly ForwarderRequestConfig _forwarding;
    private readonly LambdaIntegration _integration;

    private ApiGateway(GatewayOptions options, WebApplication app)
    {
        (_options, _app) = (options, app);
        _forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        _client = ServiceConnector.Client(options.ColdStart);
        _tokens = new TokenCheck(options.Issuer, options.Audience);
        _rules = new RouteRules(options.Rules);
        _cors = new Cors(options.CorsOrigins, options.Rules);
        // A route is a method here, and each route has its own token bucket.
        _throttles = options.Routes.Keys
            .SelectMany(service => service.Methods.Select(method => (Method: method, service.Throttle)))
            .Append((Method: ReadByPost, options.Routes.Keys.Single(IsQueries).Throttle))
            .ToDictionary(route => route.Method, route => Limiter(route.Throttle), StringComparer.OrdinalIgnoreCase);
        // Only this timeout applies. It covers the whole request, while the forwarder's own counts idle time.
        _forwarding = new ForwarderRequestConfig { ActivityTimeout = options.Timeout + options.Timeout };
        _integration = new LambdaIntegration(options.Rules.SecretHeader, options.EdgeSecret);
    }

    public Uri Url => LoopbackServer.UrlOf(_app);

    public static async Task<ApiGateway> StartAsync(GatewayOptions options, ILoggerFactory logs, CancellationToken ct)
    {
        var builder = LoopbackServer.Builder(options.Port, largestBody: null, logs, HeadKestrelReads, takesOtherOrigins: _ => true);
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
        foreach (var throttle in _throttles.Values)
            await throttle.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["Apigw-Requestid"] = http.TraceIdentifier;
            _cors.Sign(http);
            return Task.CompletedTask;
        });
        if (GatewayLimits.IsHeadTooLarge(http.Request))
            await AnswerAsync(http, StatusCodes.Status431RequestHeaderFieldsTooLarge, "Request Header Fields Too Large");
        else if (!http.Request.Path.HasValue)
            await AnswerAsync(http, StatusCodes.Status400BadRequest, "Bad Request");
        else if (HttpMethods.IsOptions(http.Request.Method) && _cors.IsOn)
            _cors.AnswerPreflight(http);
        else if (_throttles.TryGetValue(_rules.IsReadByPost(http.Request) ? ReadByPost : http.Request.Method, out var throttle) && !throttle.AttemptAcquire().IsAcquired)
            await ThrottledAsync(http);
        else if (ServiceFor(http.Request) is not { } service)
            await AnswerAsync(http, StatusCodes.Status404NotFound, "Not Found");
        else if (_rules.NeedsToken(http.Request) && !await _tokens.PassesAsync(http.Request))
            await UnauthorizedAsync(http);
        else if (!await InvocationBody.TryReadAsync(http.Request, http.RequestAborted))
            await AnswerAsync(http, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
        else
            await ForwardAsync(http, service.Program, service.Url);
    }

    private (HttpService Program, Uri Url)? ServiceFor(HttpRequest request) => _options.Routes
        .Where(route => _rules.IsReadByPost(request) ? IsQueries(route.Key) : route.Key.Methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        .Select((HttpService, Uri)? (route) => (route.Key, route.Value))
        .FirstOrDefault();

    private async Task ForwardAsync(HttpContext http, HttpService program, Uri service)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        over.CancelAfter(program.Timeout < _options.Timeout ? program.Timeout : _options.Timeout);
        var error = await _forwarder.SendAsync(http, service.ToString(), _client, _forwarding, _integration, over.Token);
        if (error == ForwarderError.None || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            return;
        if (over.IsCancellationRequested && program.Timeout >= _options.Timeout)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
        else
            // An HTTP API's response for a Lambda function that failed: it ended during the request, or exceeded its
            // own timeout.
            await AnswerAsync(http, StatusCodes.Status500InternalServerError, "Internal Server Error");
    }

    private static bool IsQueries(HttpService service) => service.Methods.Contains(HttpMethods.Get, StringComparer.OrdinalIgnoreCase);

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
        // The edge must not cache a response that a retry would change.
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync($$"""{"message":"{{message}}"}""", http.RequestAborted);
    }

    private static TokenBucketRateLimiter Limiter(RateLimit throttle)
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
