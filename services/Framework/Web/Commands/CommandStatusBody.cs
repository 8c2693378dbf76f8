using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Web.Commands;

/// <summary>The status of a command.</summary>
/// <param name="Status"><c>pending</c>, <c>applied</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Version">The stream's version after it. Missing while it is pending.</param>
/// <param name="Events">Its events. Missing while it is pending.</param>
/// <param name="Code">The stable code of a refusal.</param>
/// <param name="Reason">The reason of a refusal for people.</param>
/// <param name="IssuedAt">The time at which the command service accepted it.</param>
/// <param name="DecidedAt">The time of the decision and of its events. Missing while it is pending.</param>
public sealed record CommandStatusBody(
    Guid CommandId,
    string Status,
    string Stream,
    long? Version,
    IReadOnlyList<string>? Events,
    string? Code,
    string? Reason,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? DecidedAt)
{
    public static CommandStatusBody Of(CommandOutcome outcome) => new(
        outcome.CommandId,
        NameOf(outcome.Status),
        outcome.Stream.ToString(),
        outcome.Version,
        outcome.Events,
        outcome.Code,
        outcome.Reason,
        outcome.IssuedAt,
        outcome.At);

    public static CommandStatusBody Pending(Streams.StreamId stream, Guid commandId, DateTimeOffset issued) =>
        new(commandId, "pending", stream.ToString(), Version: null, Events: null, Code: null, Reason: null, issued, DecidedAt: null);

    private static string NameOf(CommandStatus status) => status switch
    {
        CommandStatus.Applied => "applied",
        CommandStatus.Unchanged => "unchanged",
        CommandStatus.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };
}
