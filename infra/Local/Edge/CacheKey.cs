using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.Local.Edge;

/// <summary>What makes two requests the same: path with query string, the encoding they get, and the origin a browser calls from.</summary>
/// <param name="Target">As requested, case and escapes and all.</param>
/// <param name="Encoding">br, gzip or nothing: <c>Accept-Encoding</c> normalised, as CloudFront does.</param>
internal sealed record CacheKey(
    string Target,
    string Encoding,
    string CallingOrigin)
{
    public static CacheKey Of(HttpRequest request) => new(
        request.Path.ToUriComponent() + request.QueryString.ToUriComponent(),
        Compression.EncodingFor(request.Headers.AcceptEncoding.ToString()),
        request.Headers.Origin.ToString());
}
