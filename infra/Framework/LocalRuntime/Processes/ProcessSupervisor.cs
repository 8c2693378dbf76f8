using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// Starts and watches the child processes of one data folder, and leaves none behind. <see cref="DisposeAsync"/> stops
/// them. If this process is killed, a guard stops them. The next start stops any that are still left. A data folder has
/// at most one supervisor.
/// </summary>
public sealed class ProcessSupervisor : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ManagedProcess> _processes = new();
    private readonly OrphanGuard _guard = new();
    private readonly ProcessRegistry _registry;
    private readonly FileStream _folderLock;
    private readonly string _logs;
    private readonly ILogger _log;

    private ProcessSupervisor(string dataFolder, FileStream folderLock, ILogger log)
    {
        (_folderLock, _log) = (folderLock, log);
        _registry = new ProcessRegistry(Path.Combine(dataFolder, "processes.json"));
        _logs = Directory.CreateDirectory(Path.Combine(dataFolder, "logs")).FullName;
    }

    /// <summary>The pids of the running processes, by name.</summary>
    public IReadOnlyDictionary<string, int> Pids => _processes.Where(pair => pair.Value.Pid > 0).ToDictionary(pair => pair.Key, pair => pair.Value.Pid);

    /// <summary>
    /// Locks the data folder and stops the leftovers of an earlier run. Children write their logs into its
    /// <c>logs/</c>.
    /// </summary>
    /// <exception cref="IOException">Another stack uses this data folder, or the folder is not writable.</exception>
    public static async Task<ProcessSupervisor> OpenAsync(string dataFolder, ILogger log, CancellationToken ct)
    {
        dataFolder = DataFolder.Prepare(dataFolder);
        var supervisor = new ProcessSupervisor(dataFolder, TakeLock(dataFolder), log);
        foreach (var leftover in await supervisor._registry.EndLeftoversAsync(ct))
            log.LogWarning("Ended {Leftover}, which an earlier run left behind", leftover);
        return supervisor;
    }

    /// <summary>Starts a process and returns when it is ready.</summary>
    /// <exception cref="ProcessFailedException">The process could not start, ended, or was not ready in
    /// time.</exception>
    public async Task<ManagedProcess> StartAsync(ProcessSpec spec, CancellationToken ct)
    {
        var process = new ManagedProcess(this, spec, new ProcessLog(Path.Combine(_logs, spec.Name + ".log"), e => _log.LogError("The log of {Name} cannot be written: {Reason}", spec.Name, e.Message)), _log);
        if (!_processes.TryAdd(spec.Name, process))
            throw new ArgumentException($"A process named {spec.Name} runs already.", nameof(spec));
        try
        {
            await process.StartAsync(ct);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops all running processes in parallel.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Values.Select(process => process.DisposeAsync().AsTask()));
        _guard.Dispose();
        await _folderLock.DisposeAsync();
    }

    internal void Started(ProcessSpec spec, int pid)
    {
        _guard.Add(pid);
        Save(() => _registry.Add(spec.Name, pid, spec.CommandLine));
    }

    internal void Ended(ProcessSpec spec, int pid)
    {
        _guard.Remove(pid);
        Save(() => _registry.Remove(pid));
    }

    /// <summary>
    /// Updates the list of processes. Only the next start needs it, so a full disk does not stop a running process.
    /// </summary>
    private void Save(Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.LogError("The list of processes cannot be written: {Reason}", e.Message);
        }
    }

    internal void Forget(ManagedProcess process) => _processes.TryRemove(new(process.Name, process));

    private static FileStream TakeLock(string dataFolder)
    {
        try
        {
            return new FileStream(Path.Combine(dataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"Another stack runs on the data folder {dataFolder}. Stop it, or choose another folder with --data.", e);
        }
    }
}
