using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>What makes two requests the same: path with query string, the encoding they get, the origin a browser calls from, and the bucket they are in.</summary>
/// <param name="Target">As requested, case and escapes and all.</param>
/// <param name="Encoding">br, gzip or nothing: <c>Accept-Encoding</c> normalised, as CloudFront does.</param>
/// <param name="Bucket">Empty for none.</param>
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

    /// <summary>Kestrel's path is decoded. An absolute target names our own host, or Kestrel would have refused it.</summary>
    private static string Raw(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.StartsWith('/') ? target : request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
    }
}
