namespace ServerlessCqrs.Lambda.Specs;

/// <summary>A clock that does not advance. A spec fires its timers.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private readonly TaskCompletionSource<ManualTimer> _firstTimer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first timer that was set.</summary>
    public Task<ManualTimer> FirstTimer => _firstTimer.Task.WaitAsync(FakeRuntimeApi.Patience);

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state), dueTime);
        if (dueTime != Timeout.InfiniteTimeSpan) _firstTimer.TrySetResult(timer);
        return timer;
    }
}

internal sealed class ManualTimer(Action fire, TimeSpan dueTime) : ITimer
{
    public TimeSpan DueTime { get; private set; } = dueTime;

    public void Fire() => fire();

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        return true;
    }

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
