using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Verify;

/// <summary>One thing that is not as it must be.</summary>
/// <param name="Kind">One of <see cref="Differences"/>: stable, snake_case.</param>
/// <param name="Text">What is wrong, for a person: what there is, and what there should be.</param>
public sealed record Difference(
    string Kind,
    StreamId Stream,
    string Text);

/// <summary>Every kind of difference that verification can find.</summary>
public static class Differences
{
    /// <summary>Two different events have the same version.</summary>
    public const string EventContradicted = "event_contradicted";

    /// <summary>A version is missing between 1 and the newest.</summary>
    public const string VersionGap = "version_gap";

    /// <summary>An event's id is not the one that its command and its place in it give: it is a copy, or was changed.</summary>
    public const string EventIdWrong = "event_id_wrong";

    /// <summary>An event is older than the one before it.</summary>
    public const string TimeBackwards = "time_backwards";

    /// <summary>An event's command has no outcome, or one that is not applied.</summary>
    public const string EventWithoutOutcome = "event_without_outcome";

    /// <summary>A command has two different outcomes.</summary>
    public const string OutcomeContradicted = "outcome_contradicted";

    /// <summary>An applied outcome names events that are not there, or are others.</summary>
    public const string OutcomeWithoutEvents = "outcome_without_events";

    /// <summary>The tip remembers an outcome that is neither in the log nor in its newest commit, or is another one there.</summary>
    public const string OutcomeLost = "outcome_lost";

    /// <summary>Two requests under the same idempotency key were both judged.</summary>
    public const string KeyTakenTwice = "key_taken_twice";

    /// <summary>The events cannot be folded: one is unknown, or cannot follow the one before it.</summary>
    public const string FoldFailed = "fold_failed";

    /// <summary>There are events, and no tip.</summary>
    public const string TipMissing = "tip_missing";

    /// <summary>The tip's version is not the newest event's.</summary>
    public const string TipVersion = "tip_version";

    /// <summary>The tip's decision state is not the fold of the events.</summary>
    public const string TipState = "tip_state";

    /// <summary>There are events, and no item in the read model.</summary>
    public const string ItemMissing = "item_missing";

    /// <summary>The read model has an item, and there are no events.</summary>
    public const string ItemWithoutStream = "item_without_stream";

    /// <summary>The item's version is not the newest event's.</summary>
    public const string ItemVersion = "item_version";

    /// <summary>The item has the right version, and is not the fold of the events.</summary>
    public const string ItemDiffers = "item_differs";

    /// <summary>
    /// The item is of an earlier shape, and differs from today's fold where that shape may. It is no fault: <c>rebuild</c> brings it to today's shape.
    /// </summary>
    public const string ItemOutdated = "item_outdated";

    /// <summary>A snapshot is not what the events up to its version come to.</summary>
    public const string SnapshotDiffers = "snapshot_differs";

    /// <summary>An aggregate in a read model is not the sum of what the items add to it. The stream is the one it is about.</summary>
    public const string AggregateDiffers = "aggregate_differs";

    /// <summary>The index entries of an item are not those that the item names: one is missing, stray, or has other content.</summary>
    public const string IndexDiffers = "index_differs";

    /// <summary>A command is on the command stream, and has no outcome.</summary>
    public const string CommandWithoutOutcome = "command_without_outcome";

    /// <summary>A command waits in its stream's tip: a newer release wrote it, or one before it.</summary>
    public const string CommandParked = "command_parked";

    /// <summary>A record cannot be read, and its outcome is not a refusal as malformed.</summary>
    public const string RecordMisjudged = "record_misjudged";
}
