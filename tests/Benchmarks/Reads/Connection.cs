using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ServerlessCqrs.Benchmarks.Reads;

/// <summary>One connection for sequential requests. An HTTP client would cost more than the measured servers.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];

    public static async Task<Connection> OpenAsync(Uri server, CancellationToken ct)
    {
        var connection = new Connection();
        await connection._socket.ConnectAsync(server.Host, server.Port, ct);
        return connection;
    }

    /// <summary>The bytes of a request for a path.</summary>
    public static byte[] Request(Uri server, string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: application/json\r\n\r\n");

    /// <returns>The body, valid until the next call.</returns>
    /// <exception cref="LatencyException">The response is not 200, or has no content length.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(byte[] request, CancellationToken ct)
    {
        await _socket.SendAsync(request, SocketFlags.None, ct);
        var (filled, end) = (0, -1);
        while (end < 0)
        {
            filled += await ReceiveAsync(filled, ct);
            end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var (body, length) = (end + 4, LengthOf(_buffer.AsSpan(0, end)));
        while (filled < body + length) filled += await ReceiveAsync(filled, ct);
        return _buffer.AsMemory(body, length);
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int filled, CancellationToken ct)
    {
        var got = await _socket.ReceiveAsync(_buffer.AsMemory(filled), SocketFlags.None, ct);
        return got > 0 ? got : throw new LatencyException("The server closed the connection.");
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        if (!head.StartsWith("HTTP/1.1 200 "u8) || at < 0) throw new LatencyException($"An answer cannot be measured: {Encoding.ASCII.GetString(head)}");
        var value = head[(at + name.Length)..];
        var end = value.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? value : value[..end], CultureInfo.InvariantCulture);
    }
}
