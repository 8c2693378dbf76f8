namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>A clock on which time passes by waiting alone: every wait is over at once, and it is that much later.</summary>
internal sealed class WaitingClock : TimeProvider
{
    private long _ticks = Story.Start.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _ticks, dueTime.Ticks);

        // A timer never rings before the one who set it holds it.
        ThreadPool.QueueUserWorkItem(_ => callback(state));
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
