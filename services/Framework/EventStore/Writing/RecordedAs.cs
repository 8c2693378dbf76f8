using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>The stream and the command id under which the write path records a record's outcome.</summary>
/// <param name="FormerId">The id that releases up to 7d5ba1d used, or null if it is the same.</param>
/// <param name="IsUnreadable">True if the record names no command. Then its outcome is a refusal as
/// <c>malformed</c>.</param>
public sealed record RecordedAs(
    StreamId Stream,
    Guid CommandId,
    Guid? FormerId,
    bool IsUnreadable)
{
    /// <summary>The outcome of a record that names no command, or null for any other record.</summary>
    public CommandOutcome? Unreadable { get; init; }

    /// <summary>Applies the write path's own rule to a record.</summary>
    /// <param name="source">The ARN and creation time of the Kinesis stream.</param>
    public static RecordedAs Of(string source, ArrivedRecord record, Domain domain)
    {
        var (command, unreadable) = CommandDecoder.Read(source, record, domain);
        return command is not null
            ? new RecordedAs(command.Stream, command.CommandId, command.FormerOutcome?.CommandId, IsUnreadable: false)
            : new RecordedAs(unreadable!.Stream, unreadable.CommandId, FormerId: null, IsUnreadable: true) { Unreadable = unreadable };
    }
}
