using System.Globalization;
using System.Runtime.InteropServices;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// Called with <c>--path DIR --port N --library FILE --config FILE</c>, this process becomes a ClickHouse with its HTTP interface on 127.0.0.1:N,
/// until SIGTERM or SIGINT. It is a process of its own because libchdb can run once a process and may crash.
/// </summary>
public static class ClickHouseHost
{
    private const int EngineStack = 16 << 20;
    private static readonly string[] Options = ["--path", "--port", "--library", "--config"];
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(8);

    /// <summary>0 after an orderly stop, 1 when the engine ended by itself; its error is on standard error.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.All(args.Contains))
        {
            await Console.Error.WriteLineAsync("Only the local stack starts this program, as its ClickHouse. Start the stack itself instead: dotnet run --project infra/Local");
            return 1;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        var path = Path.GetFullPath(options["--path"]);
        var port = int.Parse(options["--port"], CultureInfo.InvariantCulture);
        // Without this folder clickhouse-local takes the data for new and does not start what drops tables in the background.
        Directory.CreateDirectory(Path.Combine(path, "metadata"));

        Environment.SetEnvironmentVariable("TERM", "dumb");
        PseudoTerminal.AttachToStdin();
        LibChdb.Load(options["--library"]);
        LibChdb.LeaveSignalsAlone();

        var stop = new TaskCompletionSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var engine = RunEngine(path,
        [
            "--path=" + path,
            "--listen_host=127.0.0.1",
            "--http_port=" + port.ToString(CultureInfo.InvariantCulture),
            "--config-file=" + options["--config"],
            "--logger.log=" + Path.Combine(path, "clickhouse.log"),
            "--logger.level=warning",
            "--send_logs_level=warning",
            "--interactive",
            "--disable_suggestion",
            "--history_file=/dev/null",
            "--query",
            "SYSTEM START LISTEN HTTP",
        ]);

        if (await Task.WhenAny(engine, stop.Task) == engine)
        {
            await Console.Error.WriteLineAsync((await engine) ?? "the engine ended by itself");
            return 1;
        }

        PseudoTerminal.Type("exit\r");
        return await Task.WhenAny(engine, Task.Delay(StopTimeout)) == engine ? 0 : 1;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }

    private static Task<string?> RunEngine(string path, string[] arguments)
    {
        var ended = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Run, EngineStack) { IsBackground = true, Name = "clickhouse" }.Start();
        return ended.Task;

        void Run()
        {
            FileFence.Raise(writable: [path, "/dev/null"], FileFence.EngineReads);
            ended.SetResult(LibChdb.RunCommandLine(arguments));
        }
    }
}
