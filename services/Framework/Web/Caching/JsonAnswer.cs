using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Caching;

/// <summary>
/// A JSON answer with its tag and cache headers. It answers 304 without a body if the client already has it.
/// </summary>
public sealed class JsonAnswer(
    byte[] json,
    string tag,
    string cacheControl,
    string contentType = "application/json; charset=utf-8") : IResult
{
    /// <summary>Creates an answer for content without a version, with its hash as tag.</summary>
    public static JsonAnswer Of<TBody>(TBody body, JsonTypeInfo<TBody> type, string cacheControl) => Of(PlainJson.WriteUtf8(body, type), cacheControl);

    /// <inheritdoc cref="Of{TBody}(TBody, JsonTypeInfo{TBody}, string)"/>
    public static JsonAnswer Of(byte[] json, string cacheControl) => new(json, EntityTags.OfContent(json), cacheControl);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = cacheControl;
        if (EntityTags.IsKnownTo(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = contentType;
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}
