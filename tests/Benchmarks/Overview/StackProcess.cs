using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Calls;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.Benchmarks.Overview;

/// <summary>
/// A local stack in its own processes, started as a user starts it, so that the CPU time of each can be measured. It
/// has its own port and folder.
/// </summary>
internal sealed class StackProcess : IAsyncDisposable
{
    /// <summary>The name of the process that plays the edge, the gateway and Lambda.</summary>
    public const string Own = "infra/Local";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly string _root, _folder, _counts;
    private readonly Process _process;

    private StackProcess(string root, string folder, string counts, Process process) =>
        (_root, _folder, _counts, _process) = (root, folder, counts, process);

    /// <summary>The time from the start of the process until <c>ready.json</c> existed.</summary>
    public TimeSpan StartedIn { get; private set; }

    public RunningStack Running => RunningStack.Find(_folder);

    /// <exception cref="LatencyException">The stack ended before it was ready.</exception>
    public static async Task<StackProcess> StartAsync(CancellationToken ct)
    {
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, ct);
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        var counts = Directory.CreateTempSubdirectory("benchmarks-counts-").FullName;
        var start = new ProcessStartInfo(ProgramPlace.DotNet, [ProgramPlace.Of(root).AssemblyOf("infra/Local"), "--data", folder, "--port", "0"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[Recording.Counts] = counts;
        var began = Stopwatch.GetTimestamp();
        var stack = new StackProcess(root, folder, counts, Process.Start(start)!);
        // A full pipe would stop the stack.
        stack._process.OutputDataReceived += (_, _) => { };
        stack._process.BeginOutputReadLine();
        while (!File.Exists(Path.Combine(folder, "ready.json")))
        {
            if (stack._process.HasExited) throw new LatencyException($"The stack ended with {stack._process.ExitCode} before it was ready.");
            await Task.Delay(Look, ct);
        }

        stack.StartedIn = Stopwatch.GetElapsedTime(began);
        return stack;
    }

    public CpuTimes Cpu() => CpuTimes.Of(Processes());

    /// <summary>
    /// The number of processes and their memory in bytes. The proportional share is null on systems that do not report
    /// it.
    /// </summary>
    public (int Count, long Resident, long? Proportional) Memory()
    {
        var pids = Processes().Values.Distinct().ToList();
        var resident = pids.Sum(pid =>
        {
            using var process = Process.GetProcessById(pid);
            return process.WorkingSet64;
        });
        return (pids.Count, resident, OperatingSystem.IsLinux() ? pids.Sum(ProportionalOf) : null);
    }

    /// <summary>The AWS requests so far, by program and operation.</summary>
    public async Task<IReadOnlyDictionary<(string Program, string Operation), long>> CallsAsync(CancellationToken ct)
    {
        // Programs write their counts at this interval.
        await Task.Delay(2 * CallCounter.Pace, ct);
        return CallCounter.Sum(_counts);
    }

    /// <summary>Runs the Operator as a person does. Returns its output as lines.</summary>
    /// <exception cref="LatencyException">The Operator found a fault, or failed.</exception>
    public Task<IReadOnlyList<string>> OperateAsync(string[] arguments, CancellationToken ct) => OperatorProcess.RunAsync(_root, _folder, arguments, ct);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Posix.Terminate(_process.Id);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_counts, recursive: true);
    }

    private Dictionary<string, int> Processes()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "ready.json")));
        var processes = json.RootElement.GetProperty("processes").EnumerateObject().ToDictionary(process => process.Name, process => process.Value.GetInt32());
        processes[Own] = _process.Id;
        return processes;
    }

    /// <summary>
    /// The memory of a process. Memory that several processes share is divided equally (proc_pid_smaps(5)).
    /// </summary>
    private static long ProportionalOf(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return 1024 * long.Parse(line["Pss:".Length..^"kB".Length], CultureInfo.InvariantCulture);
    }
}
