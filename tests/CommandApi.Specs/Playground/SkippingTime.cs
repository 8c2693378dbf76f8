using Microsoft.Extensions.Time.Testing;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>
/// Virtual time. A pause takes no time, and advances the clock. Timeouts (a second and more) expire only when the
/// pauses add up to them.
/// </summary>
public sealed class SkippingTime() : FakeTimeProvider(new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcTicks / 10_000 * 10_000, TimeSpan.Zero))
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero && dueTime < ShortestTimeout) ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
