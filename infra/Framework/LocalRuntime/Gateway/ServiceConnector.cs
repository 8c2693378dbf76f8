using System.Net.Sockets;
using System.Text;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Connects to a service that can be starting. A refused connection has carried no request, so it is retried.
/// </summary>
internal static class ServiceConnector
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <param name="largestHead">The limit for a response's headers in bytes; .NET's default is 64 KB.</param>
    public static HttpMessageInvoker Client(TimeSpan coldStart, int largestHead = 64 * 1024) => new(new SocketsHttpHandler
    {
        MaxResponseHeadersLength = largestHead / 1024,
        // The same as Kestrel's decoding. By default a client refuses non-ASCII characters, so a caller's header would
        // cause a 502.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, coldStart, ct),
    });

    private static async ValueTask<Stream> ConnectAsync(System.Net.DnsEndPoint place, TimeSpan coldStart, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(coldStart);
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(place, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (!patience.IsCancellationRequested)
            {
                socket.Dispose();
                await Task.Delay(Look, ct);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
