using System.Net;
using System.Net.Sockets;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// Allocates loopback ports. They start at <paramref name="first"/>, in the order of the requests, so a stack has the
/// same addresses after each start. If <paramref name="first"/> is 0, they are any free ports.
/// </summary>
public sealed class Ports(int first)
{
    // Below the ephemeral ranges of Linux and macOS: no outgoing connection takes a port between the check and the
    // server's bind.
    private const int LowestFree = 20_000;
    private const int HighestFree = 32_000;
    private static readonly HashSet<int> Given = [];
    private readonly bool _anyFree = first == 0;
    private int _next = first;

    /// <exception cref="PortTakenException">Another program listens on the next port.</exception>
    public int Take(string owner)
    {
        if (_anyFree)
            return TakeFree();

        var port = _next++;
        return IsFree(port) ? port : throw new PortTakenException(port, owner);
    }

    /// <summary>Skips one port, so that the following ports stay the same.</summary>
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
