using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// One execution environment: a process with its own Runtime API and at most one invocation. As on Lambda, the process
/// is killed when its invocation exceeds the deadline. If the process dies, its invocation fails at once.
/// </summary>
internal sealed class FunctionInstance(
    string name,
    LambdaFunction function,
    TimeProvider clock,
    ILogger log)
{
    private static readonly TimeSpan LookForDeath = TimeSpan.FromMilliseconds(25);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _isLaunched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IProgramProcess? _process;
    private Invocation? _current;
    private int _asking;

    public string Name => name;

    public LambdaFunction Function => function;

    /// <summary>The process, once it is launched. Without it the instance takes no invocation.</summary>
    public IProgramProcess? Process
    {
        get => Volatile.Read(ref _process);
        set
        {
            Volatile.Write(ref _process, value);
            _isLaunched.TrySetResult();
        }
    }

    /// <summary>Whether the instance waits for an invocation or has one.</summary>
    public bool IsUp => Volatile.Read(ref _asking) > 0 || Volatile.Read(ref _current) is not null;

    /// <summary>Returns the next invocation, with its deadline, to the runtime that asks for it.</summary>
    public async Task<(Invocation Invocation, DateTimeOffset Deadline)> NextAsync(CancellationToken aborted)
    {
        // A runtime responds before it asks again, so an open invocation belonged to a process that no longer exists.
        End(Volatile.Read(ref _current), ExitError());
        Interlocked.Increment(ref _asking);
        try
        {
            await _isLaunched.Task.WaitAsync(aborted);
            var invocation = await function.TakeAsync(aborted);
            var deadline = clock.GetUtcNow() + function.Timeout;
            lock (_gate)
                _current = invocation;
            _ = WatchAsync(invocation, Process?.Pid ?? 0);
            return (invocation, deadline);
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    /// <summary>
    /// Returns false if the instance does not hold this invocation: an earlier process responded late.
    /// </summary>
    public bool TryEnd(string id, InvocationResult result) =>
        Volatile.Read(ref _current) is { } current && current.Id == id && End(current, result);

    /// <summary>Fails an invocation whose connection broke before the runtime received it.</summary>
    public void HandOverFailed(Invocation invocation) => End(invocation, ExitError());

    private bool End(Invocation? invocation, InvocationResult result)
    {
        if (invocation is null)
            return false;
        lock (_gate)
        {
            if (_current == invocation)
                _current = null;
        }

        return invocation.TryEnd(result);
    }

    private async Task WatchAsync(Invocation invocation, int pid)
    {
        using var done = new CancellationTokenSource();
        var timeout = Task.Delay(function.Timeout, clock, done.Token);
        while (!invocation.Result.IsCompleted)
        {
            await Task.WhenAny(invocation.Result, timeout, Task.Delay(LookForDeath, done.Token));
            if (invocation.Result.IsCompleted)
                break;
            if ((Process?.Pid ?? 0) != pid)
            {
                log.LogWarning("{Instance} (pid {Pid}) ended while it handled invocation {Invocation}", name, pid, invocation.Id);
                End(invocation, ExitError());
            }
            else if (timeout.IsCompleted)
            {
                log.LogWarning("{Instance} (pid {Pid}) passed its timeout of {Seconds} s and is killed", name, pid, function.Timeout.TotalSeconds);
                End(invocation, TimedOut(invocation));
                Process?.Kill();
            }
        }

        await done.CancelAsync();
    }

    private static InvocationResult.Failed ExitError() => new("Runtime.ExitError", "The function's process ended before it answered.");

    private InvocationResult.Failed TimedOut(Invocation invocation) => new(
        "Sandbox.Timedout",
        string.Create(CultureInfo.InvariantCulture, $"RequestId: {invocation.Id} Error: Task timed out after {function.Timeout.TotalSeconds:F2} seconds"));
}
