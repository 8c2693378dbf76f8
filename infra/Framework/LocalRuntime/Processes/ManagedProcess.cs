using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// A child process that is restarted when it ends by itself. The delay is 0.1 s at first and at most 5 s if it keeps
/// dying.
/// The log contains its name, its exit code and its last line of standard error.
/// </summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(30);
    private readonly ProcessSupervisor _supervisor;
    private readonly ProcessSpec _spec;
    private readonly ProcessLog _output;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Func<ManagedProcess, CancellationToken, Task>> _restarted = [];
    private Task _watch = Task.CompletedTask;
    private TimeSpan _backoff = FirstBackoff;
    private int _pid;
    private int _restarts;

    internal ManagedProcess(ProcessSupervisor supervisor, ProcessSpec spec, ProcessLog output, ILogger log) =>
        (_supervisor, _spec, _output, _log) = (supervisor, spec, output, log);

    public string Name => _spec.Name;

    /// <summary>The process id; 0 while the process does not run.</summary>
    public int Pid => Volatile.Read(ref _pid);

    /// <summary>The number of restarts after which the process was ready and its handlers had finished.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    public string LogFile => _output.Path;

    /// <summary>
    /// Registers a handler that runs whenever the process has been restarted and is ready, for example to recreate its
    /// queues. A handler that throws is logged and called again until it succeeds or the process dies. Disposing the
    /// returned value removes the handler.
    /// </summary>
    public IDisposable OnRestarted(Func<ManagedProcess, CancellationToken, Task> handler)
    {
        lock (_restarted)
            _restarted.Add(handler);
        return new Registration(this, handler);
    }

    /// <summary>Sends SIGKILL to the process and its group. It is then restarted like a crashed process.</summary>
    public void Kill()
    {
        if (Pid is > 0 and var pid)
            Posix.Kill(pid);
    }

    /// <summary>Stops the process: SIGTERM, then SIGKILL after its grace period.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopping.IsCancellationRequested)
            await _stopping.CancelAsync();
        await _watch;
        _output.Dispose();
        _supervisor.Forget(this);
    }

    internal async Task StartAsync(CancellationToken ct)
    {
        var child = await LaunchAsync(ct);
        try
        {
            await child.WaitUntilReadyAsync(ct);
        }
        catch
        {
            await EndAsync(child);
            throw;
        }

        _watch = WatchAsync(child);
    }

    private async Task<ChildProcess> LaunchAsync(CancellationToken ct)
    {
        if (_spec.BeforeStart is not null)
            await _spec.BeforeStart(ct);
        var child = ChildProcess.Start(_spec, _output);
        Volatile.Write(ref _pid, child.Pid);
        _supervisor.Started(_spec, child.Pid);
        return child;
    }

    private async Task EndAsync(ChildProcess child)
    {
        await child.StopAsync();
        Volatile.Write(ref _pid, 0);
        _supervisor.Ended(_spec, child.Pid);
        child.Dispose();
    }

    private async Task WatchAsync(ChildProcess first)
    {
        for (ChildProcess? child = first; child is not null;)
        {
            try
            {
                await child.WaitForExitAsync(_stopping.Token);
            }
            catch (OperationCanceledException)
            {
                await EndAsync(child);
                return;
            }

            if (_stopping.IsCancellationRequested)
            {
                await EndAsync(child);
                return;
            }

            _log.LogWarning("{Name} (pid {Pid}) ended with exit code {ExitCode} and is started again. Its last line: {Line}", Name, child.Pid, child.ExitCode, _output.LastLine ?? "(none)");
            if (child.Age > Healthy)
                _backoff = FirstBackoff;
            await EndAsync(child);
            child = await StartAgainAsync();
        }
    }

    private async Task<ChildProcess?> StartAgainAsync()
    {
        while (true)
        {
            ChildProcess? child = null;
            try
            {
                await Task.Delay(_backoff, _stopping.Token);
                _backoff = _backoff * 2 < LongestBackoff ? _backoff * 2 : LongestBackoff;
                child = await LaunchAsync(_stopping.Token);
                await child.WaitUntilReadyAsync(_stopping.Token);
                await TellAsync(child);
                Interlocked.Increment(ref _restarts);
                _log.LogInformation("{Name} runs again (pid {Pid}), ready after {ElapsedMs:0} ms", Name, child.Pid, child.Age.TotalMilliseconds);
                return child;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                if (child is not null)
                    await EndAsync(child);
                return null;
            }
            // The preparation of the start failed, for example with a full disk or a file without permission.
            catch (Exception e) when (e is ProcessFailedException or IOException or UnauthorizedAccessException)
            {
                _log.LogError("{Name} could not be started again: {Reason}", Name, e.Message);
                if (child is not null)
                    await EndAsync(child);
            }
        }
    }

    private async Task TellAsync(ChildProcess child)
    {
        Func<ManagedProcess, CancellationToken, Task>[] handlers;
        lock (_restarted)
            handlers = [.. _restarted];

        foreach (var handler in handlers)
        {
            for (var done = false; !done;)
            {
                try
                {
                    await handler(this, _stopping.Token);
                    done = true;
                }
                catch (Exception e) when (!_stopping.IsCancellationRequested)
                {
                    if (child.HasExited)
                        throw new ProcessFailedException(Name, $"ended with exit code {child.ExitCode} while it was being set up again", _output.LastLines, _output.Path);
                    _log.LogWarning(e, "{Name}: setting it up after its restart failed, trying again", Name);
                    await Task.Delay(_backoff, _stopping.Token);
                }
            }
        }
    }

    private sealed class Registration(ManagedProcess process, Func<ManagedProcess, CancellationToken, Task> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (process._restarted)
                process._restarted.Remove(handler);
        }
    }
}
