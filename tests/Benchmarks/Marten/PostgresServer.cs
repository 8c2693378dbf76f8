using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ServerlessCqrs.Benchmarks.Marten;

/// <summary>
/// A private PostgreSQL with its default settings, on a free loopback port and in a temporary folder.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _server;

    private PostgresServer(string folder, Process server, string connection) => (_folder, _server, Connection) = (folder, server, connection);

    public string Connection { get; }

    /// <exception cref="LatencyException">PostgreSQL is not installed, or did not start.</exception>
    public static async Task<PostgresServer> StartAsync(CancellationToken ct)
    {
        var programs = Find() ?? throw new LatencyException("PostgreSQL is not installed. Install it (Debian: apt-get install postgresql).");
        var folder = Directory.CreateTempSubdirectory("benchmarks-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        using (var created = Run(Path.Combine(programs, "initdb"), "-D", data, "-U", "bench", "-A", "trust", "--no-instructions"))
        {
            await created.WaitForExitAsync(ct);
            if (created.ExitCode != 0) throw new LatencyException($"initdb failed: {await created.StandardError.ReadToEndAsync(ct)}");
        }

        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var server = Run(Path.Combine(programs, "postgres"), "-D", data, "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}", "-c", "unix_socket_directories=");
        while (await server.StandardError.ReadLineAsync(ct) is { } line)
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new PostgresServer(folder, server, $"Host=127.0.0.1;Port={port};Username=bench;Database=postgres");
            }

        throw new LatencyException("PostgreSQL did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        // SIGINT is PostgreSQL's fast shutdown.
        using (var kill = Process.Start("kill", ["-INT", _server.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Debian does not put the server's programs on the PATH.</summary>
    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")) : [])
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>PostgreSQL refuses to run as root. A user namespace maps root to another user.</summary>
    private static Process Run(string program, params string[] arguments)
    {
        string[] command = Environment.UserName == "root" ? ["unshare", "--user", "--map-user=1000", "--map-group=1000", program, .. arguments] : [program, .. arguments];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
