using ServerlessCqrs.OrdersToTimeouts;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <content>Checks times by the virtual clock, independently of the consumer's.</content>
public sealed partial class Truth
{
    // The longest delay of a call by the network, even if its caller is dead.
    private static readonly TimeSpan LatestCall = TimeSpan.FromSeconds(102);

    // The largest clock difference. An order's end has the end of its time, which may be slightly in the future.
    private static readonly TimeSpan Skew = ProcessClock.MostSkew + OverdueOrders.ClockDifference;

    /// <summary>The longest time from a decision until its commit is visible.</summary>
    private TimeSpan BatchDuration => isCalm ? LongestBatch : ShopTopology.CommandsToEvents.Timeout + LatestCall;

    /// <summary>A decision becomes visible now.</summary>
    private void JudgeTime(StreamTruth truth, SentCommand sent, DateTimeOffset at, string name)
    {
        var now = simulator.UtcNow;
        if (at < truth.LastAt) Break(TimeNeverRunsBackwards, truth.Stream, $"{name} at {at:O}, after {truth.LastAt:O}.");
        if (at < sent.ArrivedAt) Break(TimeIsTheDecisions, truth.Stream, $"{name} at {at:O}; it arrived at {sent.ArrivedAt:O}.");
        if (at < now - BatchDuration - Skew) Break(TimeIsTheDecisions, truth.Stream, $"{name} at {at:O}; it becomes visible at {now:O}.");
        if (at > now + Skew) Break(TimeIsTheDecisions, truth.Stream, $"{name} at {at:O}; it is visible at {now:O} already.");
    }

    /// <summary>A reader gets a stream's version as of a time.</summary>
    private void JudgeAsOf(StreamTruth truth, DateTimeOffset time, long version, long committed, bool mayLack)
    {
        var visibleAt = truth.VisibleAt[(int)version - 1];
        if (visibleAt > time + BatchDuration + Skew) Break(AsOfIsWhatWasSeen, truth.Stream, $"v{version} was shown as of {time:O}, and became visible at {visibleAt:O}.");
        if (mayLack || version >= committed) return;
        var nextAt = truth.VisibleAt[(int)version];
        if (nextAt < time - Skew) Break(AsOfIsWhatWasSeen, truth.Stream, $"v{version} was shown as of {time:O}. v{version + 1} was visible from {nextAt:O} on.");
    }
}
