using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Gateway;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>
/// <c>CreateInvalidation</c> and <c>GetInvalidation</c> of CloudFront's API, in AWS's wire format. Here an invalidation
/// completes before its response; on AWS it takes seconds, sometimes minutes.
/// Source: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html
/// </summary>
internal sealed class InvalidationApi : IAsyncDisposable
{
    private const long LargestBody = 16 * 1024 * 1024;

    /// <summary>CloudFront's quota for the paths of invalidations in progress.</summary>
    private const int MostPaths = 3_000;

    /// <summary>CloudFront's quota for the characters of a path.</summary>
    private const int LongestPath = 4_000;

    /// <summary>The invalidations that are kept for their caller reference.</summary>
    private const int MostRemembered = 10_000;

    private static readonly XNamespace Xmlns = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
    private readonly EdgeOptions _options;
    private readonly EdgeCache _cache;
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Done> _byReference = [];
    private readonly Queue<string> _references = new();

    private InvalidationApi(EdgeOptions options, EdgeCache cache, WebApplication app) => (_options, _cache, _app) = (options, cache, app);

    public Uri Url => LoopbackServer.UrlOf(_app);

    public static async Task<InvalidationApi> StartAsync(EdgeOptions options, EdgeCache cache, ILoggerFactory logs, CancellationToken ct)
    {
        var api = new InvalidationApi(options, cache, LoopbackServer.Builder(options.InvalidationPort, LargestBody, logs).Build());
        var invalidations = api._app.MapGroup("/2020-05-31/distribution/{distribution}/invalidation");
        invalidations.MapPost("", (HttpContext http, string distribution) => api.CreateAsync(http, distribution));
        invalidations.MapGet("/{id}", (HttpContext http, string distribution, string id) => api.GetAsync(http, distribution, id));
        await api._app.StartAsync(ct);
        return api;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task CreateAsync(HttpContext http, string distribution)
    {
        if (distribution != _options.DistributionId)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "NoSuchDistribution", "The specified distribution does not exist.");
            return;
        }

        XElement batch;
        try
        {
            batch = await XElement.LoadAsync(http.Request.Body, LoadOptions.None, http.RequestAborted);
        }
        catch (XmlException e)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "MalformedInput", e.Message);
            return;
        }

        var reference = Named(batch, "CallerReference").FirstOrDefault()?.Value ?? "";
        string[] paths = [.. Named(batch, "Path").Select(path => path.Value)];
        if (Fault(batch, reference, paths) is var (status, code, message))
        {
            await RefuseAsync(http, status, code, message);
            return;
        }

        if (Record(reference, paths) is not { } done)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "InvalidationBatchAlreadyExists", "The caller reference was used with other paths.");
            return;
        }

        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = $"{Url.ToString().TrimEnd('/')}/2020-05-31/distribution/{distribution}/invalidation/{done.Id}";
        await WriteAsync(http, done.ToXml("InProgress"));
    }

    private Task GetAsync(HttpContext http, string distribution, string id)
    {
        Done? done;
        lock (_gate)
            done = _byReference.Values.FirstOrDefault(one => one.Id == id);
        return done is null || distribution != _options.DistributionId
            ? RefuseAsync(http, StatusCodes.Status404NotFound, "NoSuchInvalidation", "The specified invalidation does not exist.")
            : WriteAsync(http, done.ToXml("Completed"));
    }

    private static (int Status, string Code, string Message)? Fault(XElement batch, string reference, string[] paths)
    {
        if (reference.Length == 0)
            return (StatusCodes.Status400BadRequest, "InvalidArgument", "CallerReference is missing.");
        if (paths.Length == 0)
            return (StatusCodes.Status400BadRequest, "InvalidArgument", "Paths has no items.");
        if (Named(batch, "Quantity").FirstOrDefault()?.Value != paths.Length.ToString(CultureInfo.InvariantCulture))
            return (StatusCodes.Status400BadRequest, "InconsistentQuantities", "The value of Quantity and the number of items do not match.");
        if (paths.Length > MostPaths)
            return (StatusCodes.Status413PayloadTooLarge, "BatchTooLarge", $"An invalidation has at most {MostPaths} paths.");
        if (paths.FirstOrDefault(path => !path.StartsWith('/') || path.Length > LongestPath) is { } wrong)
            return (StatusCodes.Status400BadRequest, "InvalidArgument", $"Your request contains an invalid path: {wrong}");
        return null;
    }

    /// <summary>
    /// Invalidates once per caller reference. Returns null if the reference was used for other paths.
    /// </summary>
    private Done? Record(string reference, string[] paths)
    {
        lock (_gate)
        {
            if (_byReference.TryGetValue(reference, out var before))
                return before.Paths.SequenceEqual(paths) ? before : null;
            foreach (var path in paths)
                _cache.Invalidate(path);
            var done = new Done($"I{Guid.NewGuid():N}"[..14].ToUpperInvariant(), _options.Clock.GetUtcNow(), reference, paths);
            _byReference[reference] = done;
            _references.Enqueue(reference);
            if (_references.Count > MostRemembered)
                _byReference.Remove(_references.Dequeue());
            return done;
        }
    }

    private static IEnumerable<XElement> Named(XElement root, string name) => root.Descendants().Where(element => element.Name.LocalName == name);

    private static Task RefuseAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return WriteAsync(http, new XElement(
            Xmlns + "ErrorResponse",
            new XElement(Xmlns + "Error", new XElement(Xmlns + "Type", "Sender"), new XElement(Xmlns + "Code", code), new XElement(Xmlns + "Message", message)),
            new XElement(Xmlns + "RequestId", http.TraceIdentifier)));
    }

    private static Task WriteAsync(HttpContext http, XElement xml)
    {
        http.Response.ContentType = "text/xml";
        return http.Response.WriteAsync($"<?xml version=\"1.0\"?>\n{xml.ToString(SaveOptions.DisableFormatting)}", http.RequestAborted);
    }

    private sealed record Done(
        string Id,
        DateTimeOffset CreatedAt,
        string Reference,
        string[] Paths)
    {
        public XElement ToXml(string status) => new(
            Xmlns + "Invalidation",
            new XElement(Xmlns + "Id", Id),
            new XElement(Xmlns + "Status", status),
            new XElement(Xmlns + "CreateTime", CreatedAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            new XElement(
                Xmlns + "InvalidationBatch",
                new XElement(Xmlns + "Paths", new XElement(Xmlns + "Quantity", Paths.Length), new XElement(Xmlns + "Items", Paths.Select(path => new XElement(Xmlns + "Path", path)))),
                new XElement(Xmlns + "CallerReference", Reference)));
    }
}
