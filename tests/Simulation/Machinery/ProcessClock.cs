namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>
/// A process's clock: the virtual time plus the process's clock difference. Its timers end with the process.
/// </summary>
public sealed class ProcessClock(SimProcess process, TimeSpan skew) : TimeProvider
{
    /// <summary>The largest clock difference.</summary>
    public static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(25);

    public TimeSpan Skew { get; set; } = skew;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => process.Simulator.UtcNow + Skew;

    public override long GetTimestamp() => process.Simulator.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        process.Simulator.AssertInside();
        var timer = new Timer(process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimProcess process, TimerCallback callback, object? state) : ITimer
    {
        private int _generation;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var generation = ++_generation;
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            process.Simulator.After(dueTime, () =>
            {
                if (generation != _generation || !process.IsAlive) return;
                if (period > TimeSpan.Zero) Change(period, period);
                callback(state);
            });
            return true;
        }

        public void Dispose() => _generation++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
