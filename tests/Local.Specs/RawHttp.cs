using System.Net.Sockets;
using System.Text;

namespace ServerlessCqrs.LocalRuntime.Specs;

/// <summary>Sends requests that no HTTP client sends.</summary>
internal static class RawHttp
{
    /// <summary>
    /// Sends the head of a request unchanged, and returns the response's first line with everything that follows.
    /// </summary>
    /// <param name="head">The request line and headers, without <c>Connection</c> and the empty line.</param>
    public static async Task<string> SendAsync(Uri server, params string[] head)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", [.. head, "Connection: close", "", ""])), TestContext.Current.CancellationToken);
        return await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
