using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// Starts and watches the child processes of one data folder, and leaves none behind: <see cref="DisposeAsync"/> stops them; when this process
/// is killed a guard ends them; and what survives even that is ended at the next start. One supervisor at a time owns a data folder.
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

    /// <summary>What runs now, by name.</summary>
    public IReadOnlyDictionary<string, int> Pids => _processes.Where(pair => pair.Value.Pid > 0).ToDictionary(pair => pair.Key, pair => pair.Value.Pid);

    /// <summary>Takes the data folder (children log into its <c>logs/</c>) and ends what an earlier run left there.</summary>
    /// <exception cref="IOException">Another stack runs on this data folder, or it cannot be written.</exception>
    public static async Task<ProcessSupervisor> OpenAsync(string dataFolder, ILogger log, CancellationToken ct)
    {
        dataFolder = DataFolder.Prepare(dataFolder);
        var supervisor = new ProcessSupervisor(dataFolder, TakeLock(dataFolder), log);
        foreach (var leftover in await supervisor._registry.EndLeftoversAsync(ct))
            log.LogWarning("Ended {Leftover}, which an earlier run left behind", leftover);
        return supervisor;
    }

    /// <summary>Returns when the process is ready.</summary>
    /// <exception cref="ProcessFailedException">It could not be started, ended, or was not ready in time.</exception>
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

    /// <summary>Stops all that still runs, at the same time.</summary>
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

    /// <summary>The list is for the next start alone: a full disk must not end what runs.</summary>
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
