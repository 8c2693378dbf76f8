using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.Topology;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>
/// Plays a CloudFront distribution in front of the gateway. It caches public reads of every client, and passes
/// everything else through.
/// </summary>
public sealed class EdgeServer : IAsyncDisposable
{
    /// <summary>Far beyond the limit, so that the answer to a larger one is ours and not Kestrel's.</summary>
    private const int HeadKestrelReads = 128 * 1024;

    private const string Via = "1.1 local.cloudfront.net (CloudFront)";
    private readonly EdgeOptions _options;
    private readonly WebApplication _app;
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client = ServiceConnector.Client(TimeSpan.Zero, ViewerLimits.LargestHead);
    private readonly RouteRules _routes;
    private readonly EdgeCache _cache;
    private readonly OriginFetch _origin;
    private readonly ForwarderRequestConfig _forwarding;
    private InvalidationApi? _invalidations;

    private EdgeServer(EdgeOptions options, WebApplication app)
    {
        (_options, _app) = (options, app);
        _forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        _routes = new RouteRules(options.Rules);
        _cache = new EdgeCache(options.CacheBytes);
        _origin = new OriginFetch(_cache, options, _client);
        _forwarding = new ForwarderRequestConfig { ActivityTimeout = options.OriginTimeout };
    }

    public Uri Url => LoopbackServer.UrlOf(_app);

    /// <summary>Where CloudFront's own API is reached: <c>AWS_ENDPOINT_URL_CLOUDFRONT</c>.</summary>
    public Uri InvalidationUrl => _invalidations!.Url;

    public static async Task<EdgeServer> StartAsync(EdgeOptions options, ILoggerFactory logs, CancellationToken ct)
    {
        var builder = LoopbackServer.Builder(options.Port, largestBody: null, logs, HeadKestrelReads, takesOtherOrigins: _ => true);
        builder.Services.AddHttpForwarder();
        var edge = new EdgeServer(options, builder.Build());
        edge._app.Run(edge.HandleAsync);
        await edge._app.StartAsync(ct);
        edge._invalidations = await InvalidationApi.StartAsync(options, edge._cache, logs, ct);
        return edge;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_invalidations is not null)
            await _invalidations.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        if (ViewerLimits.Refusal(http.Request) is { } refusal)
        {
            await FailAsync(http, refusal);
            return;
        }

        if (_options.Sockets is { } sockets && http.Request.Path == sockets.Url.AbsolutePath)
        {
            await SocketForwarding.SendAsync(http, sockets, _forwarder, _client);
            return;
        }

        Sort(http.Request.Headers);
        Mark(http);
        if (_options.Site is { } site && !site.IsApi(http.Request))
            await ShowAsync(http, site.Answer(http.Request));
        else if (HttpMethods.IsGet(http.Request.Method) && _routes.IsPublicRead(http.Request))
            await ReadAsync(http);
        else if (HttpMethods.IsHead(http.Request.Method) && _routes.IsPublicRead(http.Request) && _cache.Find(CacheKey.Of(http.Request, _options.Rules)) is { } cached && cached.IsFreshAt(Now))
            await AnswerAsync(http, cached.Answer, cached, "Hit from cloudfront");
        else
            await PassAsync(http);
    }

    /// <summary>As the function at CloudFront does, for every viewer's request.</summary>
    private void Sort(IHeaderDictionary headers)
    {
        var segment = headers[_options.Rules.SegmentHeader];
        headers.Remove(_options.Rules.SegmentHeader);
        headers.Remove(_options.Rules.BucketHeader);
        if (segment.Count == 1 && Segments.BucketOf(segment) is { } bucket)
            headers[_options.Rules.BucketHeader] = bucket.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The same function tells the origin of escapes in the path.</summary>
    private void Mark(HttpContext http)
    {
        http.Request.Headers.Remove(_options.Rules.PathHeader);
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        if (path.Contains('%', StringComparison.Ordinal))
            http.Request.Headers[_options.Rules.PathHeader] = path;
    }

    private DateTimeOffset Now => _options.Clock.GetUtcNow();

    private async Task ReadAsync(HttpContext http)
    {
        var key = CacheKey.Of(http.Request, _options.Rules);
        if (_cache.Find(key) is { } cached && cached.IsFreshAt(Now))
        {
            await AnswerAsync(http, cached.Answer, cached, "Hit from cloudfront");
            return;
        }

        try
        {
            var ((answer, stored, isConfirmed), wasShared) = await _origin.GetAsync(key, http.Request, http.RequestAborted);
            var result = isConfirmed ? "RefreshHit from cloudfront"
                : wasShared ? "Hit from cloudfront"
                : answer.Status >= StatusCodes.Status400BadRequest ? "Error from cloudfront"
                : "Miss from cloudfront";
            await AnswerAsync(http, answer, stored, result);
        }
        catch (HttpRequestException)
        {
            await FailAsync(http, StatusCodes.Status502BadGateway);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await FailAsync(http, StatusCodes.Status504GatewayTimeout);
        }
    }

    private async Task AnswerAsync(HttpContext http, OriginAnswer answer, CachedAnswer? stored, string result)
    {
        var response = http.Response;
        var unchanged = answer.Status == StatusCodes.Status200OK && Matches(http.Request, answer.ETag);
        response.StatusCode = unchanged ? StatusCodes.Status304NotModified : answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            if (!unchanged || !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                response.Headers.Append(name, value);
        }

        if (stored is not null)
            response.Headers.Age = ((long)stored.AgeAt(Now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Sign(response, result);
        if (unchanged)
            return;
        response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>The page's own paths. CloudFront's function answers those of nobody.</summary>
    private Task ShowAsync(HttpContext http, OriginAnswer answer) => AnswerAsync(
        http,
        Compression.Compress(answer, Compression.EncodingFor(http.Request.Headers.AcceptEncoding.ToString())),
        stored: null,
        answer.Status == StatusCodes.Status200OK ? "Hit from cloudfront" : "FunctionGeneratedResponse from cloudfront");

    /// <summary>Weakly, as RFC 9110 asks of <c>If-None-Match</c>.</summary>
    private static bool Matches(HttpRequest request, string? tag) =>
        tag is not null
        && request.Headers.IfNoneMatch.Count > 0
        && EntityTagHeaderValue.TryParse(tag, out var own)
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var asked)
        && asked.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(own, useStrongComparison: false));

    private async Task PassAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            Sign(http.Response, http.Response.StatusCode >= StatusCodes.Status400BadRequest ? "Error from cloudfront" : "Miss from cloudfront");
            return Task.CompletedTask;
        });
        var error = await _forwarder.SendAsync(http, _options.Origin.ToString(), _client, _forwarding, HttpTransformer.Default);
        if (error != ForwarderError.None && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            await FailAsync(http, http.Response.StatusCode);
    }

    /// <summary>CloudFront's own errors are a web page. Too large a request ends the connection too.</summary>
    private static Task FailAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        if (status == StatusCodes.Status413PayloadTooLarge)
            http.Response.Headers.Connection = "close";
        Sign(http.Response, "Error from cloudfront");
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html><head><title>ERROR: The request could not be satisfied</title></head>
            <body><h1>{status} ERROR</h1><h2>The request could not be satisfied.</h2><p>Generated by cloudfront (CloudFront)</p></body></html>

            """,
            http.RequestAborted);
    }

    private static void Sign(HttpResponse response, string result)
    {
        response.Headers["X-Cache"] = result;
        response.Headers.Via = Via;
        response.Headers["X-Amz-Cf-Id"] = response.HttpContext.TraceIdentifier;
    }
}
