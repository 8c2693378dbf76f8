using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>One fault that verification found.</summary>
/// <param name="Kind">One of <see cref="Differences"/>: stable, snake_case.</param>
/// <param name="Text">The actual and the expected data, for a person.</param>
public sealed record Difference(
    string Kind,
    StreamId Stream,
    string Text);

/// <summary>The kinds of differences.</summary>
public static class Differences
{
    /// <summary>Two different events have the same version.</summary>
    public const string EventContradicted = "event_contradicted";

    /// <summary>A version between 1 and the newest is missing.</summary>
    public const string VersionGap = "version_gap";

    /// <summary>
    /// An event's id does not follow from its command and its index: the event is a copy, or was changed.
    /// </summary>
    public const string EventIdWrong = "event_id_wrong";

    /// <summary>An event is older than its predecessor.</summary>
    public const string TimeBackwards = "time_backwards";

    /// <summary>An event's command has no outcome, or an outcome other than applied.</summary>
    public const string EventWithoutOutcome = "event_without_outcome";

    /// <summary>A command has two different outcomes.</summary>
    public const string OutcomeContradicted = "outcome_contradicted";

    /// <summary>An applied outcome lists events that do not exist or that differ.</summary>
    public const string OutcomeWithoutEvents = "outcome_without_events";

    /// <summary>
    /// The tip lists an outcome that is neither in the log nor in the newest commit, or that differs from the one
    /// there.
    /// </summary>
    public const string OutcomeLost = "outcome_lost";

    /// <summary>Two requests with the same idempotency key were both decided.</summary>
    public const string KeyTakenTwice = "key_taken_twice";

    /// <summary>The events cannot be folded: one is unknown, or cannot follow its predecessor.</summary>
    public const string FoldFailed = "fold_failed";

    /// <summary>The stream has events and no tip.</summary>
    public const string TipMissing = "tip_missing";

    /// <summary>The tip's version differs from the newest event's.</summary>
    public const string TipVersion = "tip_version";

    /// <summary>The tip's decision state differs from the fold of the events.</summary>
    public const string TipState = "tip_state";

    /// <summary>The stream has events and no item in the read model.</summary>
    public const string ItemMissing = "item_missing";

    /// <summary>The read model has an item of a stream without events.</summary>
    public const string ItemWithoutStream = "item_without_stream";

    /// <summary>The item's version differs from the newest event's.</summary>
    public const string ItemVersion = "item_version";

    /// <summary>The item has the right version and differs from the fold of the events.</summary>
    public const string ItemDiffers = "item_differs";

    /// <summary>
    /// The item has an earlier shape and differs from the current fold only where that shape may. This is not a fault:
    /// <c>rebuild</c> updates the item to the current shape.
    /// </summary>
    public const string ItemOutdated = "item_outdated";

    /// <summary>A snapshot differs from the fold of the events up to its version.</summary>
    public const string SnapshotDiffers = "snapshot_differs";

    /// <summary>
    /// An aggregate of a read model differs from the sum of its items' contributions. The stream is the aggregate's
    /// subject.
    /// </summary>
    public const string AggregateDiffers = "aggregate_differs";

    /// <summary>
    /// The index entries of an item differ from those that the item lists: one is missing, superfluous or has other
    /// content.
    /// </summary>
    public const string IndexDiffers = "index_differs";

    /// <summary>A command on the command stream has no outcome.</summary>
    public const string CommandWithoutOutcome = "command_without_outcome";

    /// <summary>
    /// A command is parked in its stream's tip: a newer release wrote it or an earlier parked command.
    /// </summary>
    public const string CommandParked = "command_parked";

    /// <summary>The outcome of an unreadable record is not a refusal as malformed.</summary>
    public const string RecordMisjudged = "record_misjudged";
}
