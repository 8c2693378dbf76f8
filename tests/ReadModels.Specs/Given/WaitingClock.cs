namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>
/// A clock that only waits advance. Every wait ends immediately, and advances the clock by its length.
/// </summary>
internal sealed class WaitingClock : TimeProvider
{
    private long _ticks = Story.Start.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _ticks, dueTime.Ticks);

        // The callback runs later, so that the timer's creator has the timer first.
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
