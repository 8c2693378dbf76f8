using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Lambda;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Plays the Lambda integration of a service on Kestrel. It sends the edge's secret and refuses a response that Lambda
/// refuses.
/// </summary>
internal sealed class LambdaIntegration(
    string secretHeader,
    string? edgeSecret) : HttpTransformer
{
    /// <summary>JSON writes a byte of text as at most six bytes (\u0000).</summary>
    private const int LargestEscape = 6;

    private const int RoomForHeaders = 64 * 1024;

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Remove(secretHeader);
        if (edgeSecret is not null)
            proxyRequest.Headers.Add(secretHeader, edgeSecret);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var copies = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is null || await FitsAsync(httpContext, proxyResponse, cancellationToken))
            return copies;
        // The same response as the services' host on Lambda.
        var response = httpContext.Response;
        response.Headers.Clear();
        response.StatusCode = StatusCodes.Status500InternalServerError;
        response.ContentType = HttpApiAnswer.TooLargeType;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(HttpApiAnswer.TooLarge, cancellationToken);
        return false;
    }

    private static async Task<bool> FitsAsync(HttpContext http, HttpResponseMessage answer, CancellationToken ct)
    {
        if (HttpMethods.IsHead(http.Request.Method) || answer.Content.Headers.ContentLength * LargestEscape + RoomForHeaders < HttpApiAnswer.LargestBytes)
            return true;
        try
        {
            await answer.Content.LoadIntoBufferAsync(HttpApiAnswer.LargestBytes, ct);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return false;
        }

        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        return body.Length * LargestEscape + RoomForHeaders < HttpApiAnswer.LargestBytes
            || HttpApiAnswer.Write((int)answer.StatusCode, http.Response.Headers, body, http.Request.Method).Length <= HttpApiAnswer.LargestBytes;
    }
}
