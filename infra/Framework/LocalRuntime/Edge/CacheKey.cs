using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>The cache key of a request: path with query string, encoding, origin header and bucket.</summary>
/// <param name="Target">The raw request target, including case and escapes.</param>
/// <param name="Encoding">br, gzip or empty: <c>Accept-Encoding</c>, normalised as CloudFront does it.</param>
/// <param name="Bucket">Empty if the client is in no bucket.</param>
internal sealed record CacheKey(
    string Target,
    string Encoding,
    string CallingOrigin,
    string Bucket)
{
    public static CacheKey Of(HttpRequest request, EdgeRules rules) => new(
        Raw(request),
        Compression.EncodingFor(request.Headers.AcceptEncoding.ToString()),
        request.Headers.Origin.ToString(),
        request.Headers[rules.BucketHeader].ToString());

    /// <summary>
    /// Returns the raw target, because Kestrel's path is decoded. An absolute target names this host; Kestrel refuses
    /// others.
    /// </summary>
    private static string Raw(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.StartsWith('/') ? target : request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
    }
}
