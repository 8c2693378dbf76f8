namespace ServerlessCqrs.Aws.Specs.Reliable;

/// <summary>A clock on which every wait ends immediately. It records the length of each wait.</summary>
internal sealed class InstantTime : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Add(dueTime);
        // The callback runs later, so that the timer's creator has the timer first.
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new RungTimer();
    }

    private sealed class RungTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => default;
    }
}
