using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>All that the stores say about one stream.</summary>
/// <param name="LoggedEvents">The log's rows by version; more than one for a version where they contradict each other.</param>
/// <param name="LoggedOutcomes">The log's rows; more than one for a command where they contradict each other.</param>
/// <param name="Items">One for each read model that follows it, there or not.</param>
public sealed record StreamEvidence(
    StreamId Stream,
    IReadOnlyList<EventRecord> LoggedEvents,
    IReadOnlyList<CommandOutcome> LoggedOutcomes,
    StreamTip? Tip,
    IReadOnlyList<ItemEvidence> Items)
{
    private IReadOnlyList<EventRecord>? _events;
    private IReadOnlyList<CommandOutcome>? _outcomes;

    /// <summary>The events of log and tip together, each different row once, by version.</summary>
    public IReadOnlyList<EventRecord> Events => _events ??= [.. LoggedEvents.Concat(Tip?.Newest.Events ?? []).Distinct().OrderBy(e => e.Version)];

    /// <summary>The outcomes of log and tip together, each different row once.</summary>
    public IReadOnlyList<CommandOutcome> Outcomes => _outcomes ??= [.. LoggedOutcomes.Concat(Tip?.Newest.Outcomes ?? []).Distinct(OutcomeRows.Comparer)];

    /// <summary>The newest version that there is an event of; 0 where there is none.</summary>
    public long Version => Events.Count > 0 ? Events[^1].Version : 0;

    /// <summary>How many of the tip's events the log does not have yet: the protocol allows it until the next commit, and nothing is lost.</summary>
    public int NotLoggedYet => Events.Count - LoggedEvents.Count;

    /// <summary>Whether the events are one a version from 1 on, so that they can be folded.</summary>
    public bool IsWhole => Events.Select((e, i) => e.Version == i + 1).All(whole => whole);
}

/// <summary>What a read model has of a stream.</summary>
/// <param name="Model">The read model's name.</param>
/// <param name="Follower">What makes its items.</param>
/// <param name="Item">Null where it has none.</param>
/// <param name="Snapshots">What is kept of its document, by version.</param>
public sealed record ItemEvidence(
    string Model,
    IProjector Follower,
    ItemText? Item,
    IReadOnlyList<Snapshot> Snapshots);
