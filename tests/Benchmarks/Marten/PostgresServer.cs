using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.Benchmarks.Marten;

/// <summary>
/// A private PostgreSQL with its default settings, on a free loopback port and in a temporary folder.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string DebianFolder = "/usr/lib/postgresql";

    private readonly string _folder;
    private readonly Process _server;

    private PostgresServer(string folder, Process server, string connection) =>
        (_folder, _server, Connection) = (folder, server, connection);

    public string Connection { get; }

    /// <exception cref="LatencyException">PostgreSQL is not installed, or did not start.</exception>
    public static async Task<PostgresServer> StartAsync(CancellationToken ct)
    {
        var programs = Find()
            ?? throw new LatencyException("PostgreSQL is missing. Install it (on Debian: apt install postgresql).");
        var folder = Directory.CreateTempSubdirectory("benchmarks-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        string[] initdb = ["-D", data, "-U", "bench", "-A", "trust", "--no-instructions"];
        using (var created = Run(Path.Combine(programs, "initdb"), initdb))
        {
            await created.WaitForExitAsync(ct);
            if (created.ExitCode != 0)
                throw new LatencyException($"initdb failed: {await created.StandardError.ReadToEndAsync(ct)}");
        }

        var port = new Ports(first: 0).Take("PostgreSQL");
        string[] postgres =
            ["-D", data, "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}", "-c", "unix_socket_directories="];
        var server = Run(Path.Combine(programs, "postgres"), postgres);
        while (await server.StandardError.ReadLineAsync(ct) is { } line)
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                var connection = $"Host=127.0.0.1;Port={port};Username=bench;Database=postgres";
                return new PostgresServer(folder, server, connection);
            }

        throw new LatencyException("PostgreSQL did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        // SIGINT is PostgreSQL's fast shutdown.
        using (var kill = Process.Start("kill", ["-INT", _server.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Debian does not put the server's programs on the PATH.</summary>
    private static string? Find() => Path.GetDirectoryName(Posix.FindOnPath("initdb"))
        ?? (Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder) : [])
            .OrderDescending()
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>PostgreSQL refuses to run as root. A user namespace maps root to another user.</summary>
    private static Process Run(string program, params string[] arguments)
    {
        string[] user = Environment.UserName == "root"
            ? ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
            : [];
        string[] command = [.. user, program, .. arguments];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }
}
