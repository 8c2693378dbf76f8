using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>
/// Passes sockets on as CloudFront does
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html).
/// </summary>
internal static class SocketForwarding
{
    private const string ViewerAddress = "CloudFront-Viewer-Address";

    // API Gateway closes an idle socket before.
    private static readonly ForwarderRequestConfig Patient = new() { ActivityTimeout = TimeSpan.FromMinutes(11) };

    public static async Task SendAsync(HttpContext http, SocketOrigin origin, IHttpForwarder forwarder, HttpMessageInvoker client)
    {
        var error = await forwarder.SendAsync(http, origin.Url.GetLeftPart(UriPartial.Authority), client, Patient, new Shown(origin));
        if (error != ForwarderError.None && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    private sealed class Shown(SocketOrigin origin) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Remove(origin.SecretHeader);
            proxyRequest.Headers.Remove(ViewerAddress);
            proxyRequest.Headers.Add(origin.SecretHeader, origin.Secret);
            proxyRequest.Headers.Add(ViewerAddress, $"{httpContext.Connection.RemoteIpAddress}:{httpContext.Connection.RemotePort}");
        }
    }
}
