using System.Globalization;
using System.Text;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>One complete HTTP/1.1 message as it is on the wire, otherwise unchanged.</summary>
internal sealed record HttpMessage(
    byte[] Bytes,
    string FirstLine,
    bool IsLast)
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    /// <summary>Returns null if the other side has closed.</summary>
    /// <param name="isBodyless">True for the response to a request that allows no body.</param>
    public static async Task<HttpMessage?> ReadAsync(Stream from, bool isBodyless, CancellationToken ct)
    {
        var read = new MemoryStream();
        if (!await UntilAsync(from, read, EndOfHead, ct)) return null;
        var head = Encoding.Latin1.GetString(read.GetBuffer(), 0, (int)read.Length).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var isRequest = !head[0].StartsWith("HTTP/", StringComparison.Ordinal);
        var isLast = Header(head, "Connection")?.Equals("close", StringComparison.OrdinalIgnoreCase) is true;
        var hasNoBody = isBodyless || !isRequest && head[0].Split(' ')[1] is "204" or "304";
        if (!hasNoBody)
        {
            if (Header(head, "Transfer-Encoding") is not null) await ChunksAsync(from, read, ct);
            else if (Header(head, "Content-Length") is { } length) await ExactlyAsync(from, read, int.Parse(length, CultureInfo.InvariantCulture), ct);
            else if (!isRequest)
            {
                await from.CopyToAsync(read, ct);
                isLast = true;
            }
        }

        return new HttpMessage(read.ToArray(), head[0], isLast);
    }

    private static string? Header(string[] head, string name) => head
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    private static async Task ChunksAsync(Stream from, MemoryStream read, CancellationToken ct)
    {
        while (true)
        {
            var begin = (int)read.Length;
            await LineAsync(from, read, ct);
            var size = Encoding.Latin1.GetString(read.GetBuffer(), begin, (int)read.Length - begin).Split(';')[0].Trim();
            var length = int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await ExactlyAsync(from, read, length + 2, ct);
            if (length == 0) return;
        }
    }

    private static async Task LineAsync(Stream from, MemoryStream read, CancellationToken ct)
    {
        if (!await UntilAsync(from, read, "\r\n"u8.ToArray(), ct)) throw new EndOfStreamException();
    }

    private static async Task<bool> UntilAsync(Stream from, MemoryStream read, byte[] end, CancellationToken ct)
    {
        var begin = (int)read.Length;
        var one = new byte[1];
        while (read.Length - begin < end.Length || !read.GetBuffer().AsSpan((int)read.Length - end.Length, end.Length).SequenceEqual(end))
        {
            if (await from.ReadAsync(one, ct) == 0) return false;
            read.WriteByte(one[0]);
        }

        return true;
    }

    private static async Task ExactlyAsync(Stream from, MemoryStream read, int length, CancellationToken ct)
    {
        var body = new byte[length];
        await from.ReadExactlyAsync(body, ct);
        read.Write(body);
    }
}
