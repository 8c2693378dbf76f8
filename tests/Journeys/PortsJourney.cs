using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// No port of a running stack responds to a web page, whichever process listens there. A new port without protection
/// fails here.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class PortsJourney(LocalStack stack)
{
    /// <summary>Loopback addresses in the form of <c>/proc/net/tcp</c> and <c>tcp6</c>.</summary>
    private static readonly string[] Loopback = ["0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"];

    /// <summary>
    /// The two forms of a page's requests: with its own name for this machine, or with the browser's origin header.
    /// </summary>
    private static readonly (string Host, string Header)[] Pages =
    [
        ("evil.example", ""),
        ("evil.example", "Origin: http://evil.example"),
        ("127.0.0.1.evil.example", ""),
        ("127.0.0.1", "Origin: https://evil.example"),
        ("127.0.0.1", "Origin: null"),
        ("127.0.0.1", "Sec-Fetch-Site: cross-site"),
    ];

    [Fact]
    public async Task Every_port_is_on_127_0_0_1_and_refuses_web_pages()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var ready = stack.Ready;
        int[] processes = [stack.ProcessId, .. ready.GetProperty("processes").EnumerateObject().Select(process => process.Value.GetInt32())];
        var listeners = Listeners(processes);
        // Their CORS rules let no other origin read, and writes need a token. API Gateway and CloudFront refuse no
        // Origin either.
        int[] withCors = [stack.Edge.Port, stack.Url("api").Port];
        var clickHouse = stack.Url("clickhouse").Port;
        int[] told = [.. withCors, clickHouse, stack.Url("identity").Port, stack.Url("mail").Port, .. new[] { "dynamodb", "kinesis", "sns", "sqs" }.Select(name => stack.Endpoint(name).Port)];
        Assert.Superset(told.ToHashSet(), listeners.Select(one => one.Port).ToHashSet());

        Assert.All(listeners, one => Assert.True(Loopback.Contains(one.Address) || HasNoJdk(one.Port), $"port {one.Port} listens on {one.Address}"));
        foreach (var (_, port) in listeners)
        {
            foreach (var (host, header) in Pages)
            {
                var answer = await AskAsync(port, host, header);
                var what = $"port {port}, Host: {host}, {header}:\n{answer}";
                Assert.False(answer.Contains("Access-Control-Allow-Origin", StringComparison.OrdinalIgnoreCase), what);
                if (host == "127.0.0.1" && withCors.Contains(port)) continue;
                // ClickHouse responds to nobody without its password.
                Assert.True(answer.StartsWith(port == clickHouse ? "HTTP/1.1 404" : "HTTP/1.1 403", StringComparison.Ordinal), what);
            }
        }

        bool HasNoJdk(int port) => port == stack.Endpoint("dynamodb").Port && stack.Output.Contains("this Java has no compiler", StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_service_answers_around_the_gateway()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        foreach (var service in new[] { "CommandApi", "QueryApi" })
        {
            var (_, port) = Assert.Single(Listeners([stack.Ready.GetProperty("processes").GetProperty(service).GetInt32()]));
            Assert.StartsWith("HTTP/1.1 403", await AskAsync(port, "127.0.0.1", ""), StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Returns the TCP sockets on which these processes listen, with addresses as in <c>/proc/net/tcp</c>.
    /// </summary>
    private static List<(string Address, int Port)> Listeners(IEnumerable<int> processes)
    {
        var sockets = processes.SelectMany(Sockets).ToHashSet();
        return [.. new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && sockets.Contains(fields[9]))
            .Select(fields => fields[1].Split(':'))
            .Select(place => (place[0], int.Parse(place[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .Distinct()];
    }

    private static IEnumerable<string> Sockets(int process)
    {
        foreach (var file in Directory.GetFiles($"/proc/{process}/fd"))
        {
            string? target;
            try
            {
                target = File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name;
            }
            catch (IOException)
            {
                // It was closed in the meantime.
                continue;
            }

            if (target?.StartsWith("socket:[", StringComparison.Ordinal) == true) yield return target["socket:[".Length..^1];
        }
    }

    private static async Task<string> AskAsync(int port, string host, string header)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}:{port}\r\n{(header.Length == 0 ? "" : header + "\r\n")}Connection: close\r\n\r\n"));
        return await new StreamReader(stream).ReadToEndAsync();
    }
}
