using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>
/// The requests that CloudFront refuses before it looks into its cache
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html,
/// "HTTP methods" and "Maximum request length", and cloudfront-limits.html).
/// </summary>
internal static class ViewerLimits
{
    /// <summary>"Maximum length of a URL: 8,192 bytes." CloudFront counts the whole URL, and answers 413.</summary>
    private const int LongestUrl = 8_192;

    /// <summary>"Maximum length of a request or an origin response, including headers and query strings, but not including the body content: 20,480 bytes."</summary>
    public const int LargestHead = 20_480;

    private static readonly HashSet<string> Methods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

    /// <summary>Returns the status of the refusal; null if the request is allowed.</summary>
    public static int? Refusal(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return !Methods.Contains(request.Method) ? StatusCodes.Status403Forbidden
            // The "*" of OPTIONS and the target of CONNECT are not paths.
            : !request.Path.HasValue ? StatusCodes.Status400BadRequest
            : $"{request.Scheme}://{request.Host}".Length + target.Length > LongestUrl ? StatusCodes.Status413PayloadTooLarge
            : Head(request, target) > LargestHead ? StatusCodes.Status413PayloadTooLarge
            : null;
    }

    private static int Head(HttpRequest request, string target) =>
        $"{request.Method} {target} {request.Protocol}\r\n".Length
        + request.Headers.Sum(header => header.Value.Sum(value => $"{header.Key}: \r\n".Length + Encoding.UTF8.GetByteCount(value ?? "")));
}
