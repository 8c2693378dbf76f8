using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// Where the outcome of a record is found: on which stream and under which command id the write path records it.
/// </summary>
/// <param name="FormerId">The id under which releases up to 7d5ba1d recorded it; null where that is the same.</param>
/// <param name="IsUnreadable">Whether the record does not say whose command it is: then its outcome is a refusal as
/// <c>malformed</c>.</param>
public sealed record RecordedAs(
    StreamId Stream,
    Guid CommandId,
    Guid? FormerId,
    bool IsUnreadable)
{
    /// <summary>The outcome of a record that does not say whose command it is; null of every other one.</summary>
    public CommandOutcome? Unreadable { get; init; }

    /// <summary>Judges a record by the write path's own rule.</summary>
    /// <param name="source">The identity of the Kinesis stream: its ARN and creation time.</param>
    public static RecordedAs Of(string source, ArrivedRecord record, Domain domain)
    {
        var (command, unreadable) = CommandDecoder.Read(source, record, domain);
        return command is not null
            ? new RecordedAs(command.Stream, command.CommandId, command.FormerOutcome?.CommandId, IsUnreadable: false)
            : new RecordedAs(unreadable!.Stream, unreadable.CommandId, FormerId: null, IsUnreadable: true) { Unreadable = unreadable };
    }
}
