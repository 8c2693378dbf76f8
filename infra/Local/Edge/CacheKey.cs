using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Local.Edge;

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
    public static CacheKey Of(HttpRequest request) => new(
        request.Path.ToUriComponent() + request.QueryString.ToUriComponent(),
        Compression.EncodingFor(request.Headers.AcceptEncoding.ToString()),
        request.Headers.Origin.ToString(),
        request.Headers[Segments.BucketHeader].ToString());
}
