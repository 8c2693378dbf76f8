using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// The running children, in <c>processes.json</c>. The next start uses it to stop processes that a killed parent left.
/// It stops only a process whose pid and whole command line are the recorded ones.
/// </summary>
internal sealed class ProcessRegistry(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<int, Entry> _running = new();
    private readonly Lock _saving = new();

    public void Add(string name, int pid, string commandLine)
    {
        _running[pid] = new Entry(name, pid, commandLine);
        Save();
    }

    public void Remove(int pid)
    {
        if (_running.TryRemove(pid, out _))
            Save();
    }

    /// <summary>Stops the leftovers of an earlier run and returns their names and pids.</summary>
    public async Task<IReadOnlyList<string>> EndLeftoversAsync(CancellationToken ct)
    {
        var ended = new List<string>();
        foreach (var (name, pid, commandLine) in Recorded())
        {
            if (CommandLineOf(pid) != commandLine)
                continue;
            Posix.Kill(pid);
            var since = Stopwatch.GetTimestamp();
            while (CommandLineOf(pid) == commandLine && Stopwatch.GetElapsedTime(since) < KillTimeout)
                await Task.Delay(20, ct);
            ended.Add($"{name} (pid {pid})");
        }

        Save();
        return ended;
    }

    private Entry[] Recorded()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Entry[]>(File.ReadAllText(path), Json) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void Save()
    {
        lock (_saving)
        {
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(_running.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal), Json));
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    /// <summary>Returns a process's command line; null if there is no such process, or for a zombie.</summary>
    private static string? CommandLineOf(int pid)
    {
        if (OperatingSystem.IsWindows())
            return null;
        if (OperatingSystem.IsLinux())
        {
            try
            {
                var text = File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0').Replace('\0', ' ');
                return text.Length == 0 ? null : text;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        using var ps = Process.Start(new ProcessStartInfo("ps", ["-ww", "-o", "args=", "-p", $"{pid}"]) { RedirectStandardOutput = true })!;
        var line = ps.StandardOutput.ReadToEnd().TrimEnd();
        ps.WaitForExit();
        return line.Length == 0 ? null : line;
    }

    private sealed record Entry(
        string Name,
        int Pid,
        string CommandLine);
}
