using System.Net;
using System.Net.Sockets;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// Hands out loopback ports: from <paramref name="first"/> on, in the order in which they are asked for, so that a stack keeps its addresses
/// from start to start; or any free ones when <paramref name="first"/> is 0.
/// </summary>
public sealed class Ports(int first)
{
    // Below Linux's and macOS's ephemeral ranges: no outgoing connection takes a port between our look and the server's bind.
    private const int LowestFree = 20_000;
    private const int HighestFree = 32_000;
    private static readonly HashSet<int> Given = [];
    private readonly bool _anyFree = first == 0;
    private int _next = first;

    /// <exception cref="PortTakenException">Another program listens on the port that is next.</exception>
    public int Take(string owner)
    {
        if (_anyFree)
            return TakeFree();

        var port = _next++;
        return IsFree(port) ? port : throw new PortTakenException(port, owner);
    }

    /// <summary>Leaves one out, so that the ports after it stay the same.</summary>
    public void Skip() => _next++;

    private static int TakeFree()
    {
        lock (Given)
        {
            while (true)
            {
                var port = Random.Shared.Next(LowestFree, HighestFree);
                if (!Given.Contains(port) && IsFree(port) && Given.Add(port))
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
