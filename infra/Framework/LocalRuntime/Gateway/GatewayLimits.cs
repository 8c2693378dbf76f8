using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// The requests that an HTTP API refuses before it calls a service
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
/// </summary>
internal static class GatewayLimits
{
    /// <summary>"Payload size: 10 MB."</summary>
    public const long LargestBody = 10 * 1024 * 1024;

    /// <summary>"Maximum integration timeout: 30 seconds."</summary>
    public static TimeSpan LongestAnswer { get; } = TimeSpan.FromSeconds(30);

    /// <summary>"Total combined size of request line and header values: 10240 bytes."</summary>
    private const int LargestHead = 10_240;

    public static bool IsHeadTooLarge(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var line = request.Method.Length + target.Length + request.Protocol.Length + " \r\n ".Length;
        return line + request.Headers.Sum(header => header.Value.Sum(value => Encoding.UTF8.GetByteCount(value ?? ""))) > LargestHead;
    }
}
