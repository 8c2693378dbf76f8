using System.Diagnostics;
using System.Globalization;

namespace ServerlessCqrs.Benchmarks.Overview;

/// <summary>The CPU time that each process of a stack has used until one moment.</summary>
internal sealed class CpuTimes
{
    private readonly Dictionary<int, (string Name, TimeSpan Used)> _processes = [];

    /// <param name="processes">The process ids by name.</param>
    public static CpuTimes Of(IEnumerable<KeyValuePair<string, int>> processes)
    {
        var times = new CpuTimes();
        foreach (var (name, pid) in processes)
        {
            using var process = Find(pid);
            if (process is not null) times._processes[pid] = (GroupOf(name), process.TotalProcessorTime);
        }

        return times;
    }

    /// <summary>The CPU time since then by group, in milliseconds, largest first.</summary>
    public IReadOnlyList<(string Name, double Milliseconds)> Since(CpuTimes before) =>
    [
        .. _processes
            .GroupBy(process => process.Value.Name, process => (process.Value.Used - before.UsedBy(process.Key)).TotalMilliseconds)
            .Select(group => (Name: group.Key, Milliseconds: group.Sum()))
            .OrderByDescending(group => group.Milliseconds),
    ];

    /// <summary>Formats the groups with their time per share as one line.</summary>
    public static string Describe(IEnumerable<(string Name, double Milliseconds)> used, int shares, string unit, double scale = 1) => string.Join(
        ", ",
        used.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Name} {group.Milliseconds * scale / shares:0.#}{unit}")));

    private TimeSpan UsedBy(int pid) => _processes.TryGetValue(pid, out var process) ? process.Used : TimeSpan.Zero;

    private static Process? Find(int pid)
    {
        try
        {
            return Process.GetProcessById(pid);
        }
        catch (ArgumentException)
        {
            // The process has ended.
            return null;
        }
    }

    /// <summary>All functions form one group, and so do the small emulators.</summary>
    private static string GroupOf(string name) => name switch
    {
        StackProcess.Own => "infra/Local (edge, gateway, Lambda)",
        "clickhouse" => "ClickHouse",
        "dynamodb" => "DynamoDB Local",
        "kinesis" or "sns-sqs" or "ses" => "Kinesis, SNS, SQS, SES",
        "CommandApi" or "QueryApi" => name,
        _ => "functions",
    };
}
