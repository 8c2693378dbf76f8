using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>The answer to every write.</summary>
/// <param name="Status"><c>pending</c>, <c>applied</c> or <c>unchanged</c>.</param>
/// <param name="Id">The id of what the command changes, as in the paths of routes. Missing if it has none.</param>
/// <param name="Url">The URL that reads it. Missing if no route reads it alone.</param>
/// <param name="Version">The stream's version after the command. Missing while it is pending.</param>
/// <param name="Events">The command's events. Missing while it is pending.</param>
/// <param name="StatusUrl">The URL of the command's status, valid at any time.</param>
public sealed record AnswerBody(
    Guid CommandId,
    string Status,
    string Stream,
    string? Id,
    string? Url,
    long? Version,
    IReadOnlyList<string>? Events,
    string StatusUrl)
{
    public static AnswerBody Of(CommandOutcome outcome, Resource? resource) => new(
        outcome.CommandId,
        outcome.Status == CommandStatus.Applied ? "applied" : "unchanged",
        outcome.Stream.ToString(),
        resource?.Id,
        resource?.Url,
        outcome.Version,
        outcome.Events,
        UrlOf(outcome));

    public static AnswerBody Pending(CommandRecord command, Resource? resource) => new(
        command.CommandId,
        "pending",
        command.Stream.ToString(),
        resource?.Id,
        resource?.Url,
        Version: null,
        Events: null,
        UrlOf(command));

    public static string UrlOf(CommandOutcome outcome) => UrlOf(outcome.Stream, outcome.CommandId, outcome.IssuedAt);

    public static string UrlOf(CommandRecord command) => UrlOf(command.Stream, command.CommandId, command.At);

    /// <summary>
    /// Returns the URL of a command's status at the query service. It is a valid URI reference (RFC 3986) for any
    /// subject in the stream's id. <paramref name="issued"/> tells the service where to look.
    /// </summary>
    public static string UrlOf(StreamId stream, Guid commandId, DateTimeOffset issued) =>
        $"/commands/{Uri.EscapeDataString(stream.ToString())}/{commandId:D}?issued={AnswerTime.TextOf(issued)}";
}
