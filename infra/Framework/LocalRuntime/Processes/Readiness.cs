using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>Probes for <see cref="ProcessSpec.IsReady"/>.</summary>
public static class Readiness
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>
    /// True as soon as the address sends any HTTP response: a ready emulator can refuse an unsigned request.
    /// </summary>
    public static Func<CancellationToken, Task<bool>> HttpAnswers(Uri uri) => async ct =>
    {
        try
        {
            using var answer = await Http.GetAsync(uri, ct);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    };

    /// <summary>
    /// True as soon as the response status is 200 to 299. A user and password in the URL are sent with the request.
    /// </summary>
    public static Func<CancellationToken, Task<bool>> HttpSucceeds(Uri uri) => async ct =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (uri.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));
        try
        {
            using var answer = await Http.SendAsync(request, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    };

    /// <summary>True as soon as 127.0.0.1 accepts connections on the port.</summary>
    public static Func<CancellationToken, Task<bool>> TcpAccepts(int port) => async ct =>
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    };
}
