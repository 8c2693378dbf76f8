namespace ServerlessCqrs.Operator.Specs;

/// <summary>A clock on which every wait is over at once, and has passed.</summary>
internal sealed class InstantTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>Runs at the end of each wait: the place for what happens meanwhile.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public int Waits { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits++;
        Interlocked.Add(ref _ticks, dueTime.Ticks);
        // A timer never rings before the one who set it holds it.
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
