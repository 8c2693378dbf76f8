namespace ServerlessCqrs.Operator.Specs;

/// <summary>A clock on which every wait ends immediately, and advances the time.</summary>
internal sealed class InstantTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>Runs at the end of each wait, to simulate other processes.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public int Waits { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits++;
        Interlocked.Add(ref _ticks, dueTime.Ticks);
        // The callback runs later, so that the timer's creator has the timer first.
        _ = Task.Run(async () =>
        {
            if (Meanwhile is { } act) await act();
            callback(state);
        });
        return new RungTimer();
    }

    private sealed class RungTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
