using System.Globalization;
using System.Runtime.InteropServices;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// Runs this process as a ClickHouse with its HTTP interface on 127.0.0.1:N, until SIGTERM or SIGINT. The arguments are
/// <c>--path DIR --port N --library FILE --config FILE</c>. It needs its own process because libchdb can run once per
/// process and can crash.
/// </summary>
public static class ClickHouseHost
{
    private const int EngineStack = 16 << 20;
    private static readonly string[] Options = ["--path", "--port", "--library", "--config"];
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Returns 0 after an orderly stop, 1 if the engine ended by itself. Its error is on standard error.
    /// </summary>
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
        // Without this folder clickhouse-local treats the data as new and does not start the background thread that
        // drops tables.
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
