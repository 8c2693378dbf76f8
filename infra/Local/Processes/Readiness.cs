using System.Net;
using System.Net.Sockets;

namespace ServerlessCqrs.Local.Processes;

/// <summary>Probes for <see cref="ProcessSpec.IsReady"/>.</summary>
public static class Readiness
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>True once anything at all answers HTTP there: an emulator may refuse an unsigned request, and serve.</summary>
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

    /// <summary>True once the answer is 200 to 299.</summary>
    public static Func<CancellationToken, Task<bool>> HttpSucceeds(Uri uri) => async ct =>
    {
        try
        {
            using var answer = await Http.GetAsync(uri, ct);
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

    /// <summary>True once 127.0.0.1 accepts connections on the port.</summary>
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
