using ServerlessCqrs.OrdersToTimeouts;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <content>When things happened: by the virtual clock, whatever the consumer says.</content>
public sealed partial class Truth
{
    // The network delivers a call at most so late, whether its caller lives or not.
    private static readonly TimeSpan LatestCall = TimeSpan.FromSeconds(102);

    // Clocks are wrong by this at most; an order's end carries the end of its time, of which it may be ahead a little.
    private static readonly TimeSpan Skew = ProcessClock.MostSkew + OverdueOrders.ClockDifference;

    /// <summary>From a decision until its commit is visible, at most.</summary>
    private TimeSpan BatchDuration => isCalm ? LongestBatch : ShopTopology.CommandsToEvents.Timeout + LatestCall;

    /// <summary>A decision becomes visible at this moment.</summary>
    private void JudgeTime(StreamTruth truth, SentCommand sent, DateTimeOffset at, string name)
    {
        var now = simulator.UtcNow;
        if (at < truth.LastAt) Break(TimeNeverRunsBackwards, truth.Stream, $"{name} at {at:O}, after {truth.LastAt:O}.");
        if (at < sent.ArrivedAt) Break(TimeIsTheDecisions, truth.Stream, $"{name} at {at:O}; it arrived at {sent.ArrivedAt:O}.");
        if (at < now - BatchDuration - Skew) Break(TimeIsTheDecisions, truth.Stream, $"{name} at {at:O}; it becomes visible at {now:O}.");
        if (at > now + Skew) Break(TimeIsTheDecisions, truth.Stream, $"{name} at {at:O}; it is visible at {now:O} already.");
    }

    /// <summary>A reader is told that a stream was at a version at a time.</summary>
    private void JudgeAsOf(StreamTruth truth, DateTimeOffset time, long version, long committed, bool mayLack)
    {
        var visibleAt = truth.VisibleAt[(int)version - 1];
        if (visibleAt > time + BatchDuration + Skew) Break(AsOfIsWhatWasSeen, truth.Stream, $"v{version} is told of {time:O}, and became visible at {visibleAt:O}.");
        if (mayLack || version >= committed) return;
        var nextAt = truth.VisibleAt[(int)version];
        if (nextAt < time - Skew) Break(AsOfIsWhatWasSeen, truth.Stream, $"v{version} is told of {time:O}; v{version + 1} was visible from {nextAt:O} on.");
    }
}
