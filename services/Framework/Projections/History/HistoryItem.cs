using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.History;

/// <summary>
/// One command of the audit trail for people and programs: the actor, the command, its time, cause and outcome, and the
/// changes of each event.
/// </summary>
/// <param name="Status"><c>applied</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Version">The stream's version after the command.</param>
/// <param name="Code">The refusal's stable code in snake_case.</param>
/// <param name="Reason">The refusal's reason for people.</param>
/// <param name="Asked">The command's data if it was refused. Otherwise the events contain it.</param>
/// <param name="CorrelationId">Links the command to its request, and to everything that followed.</param>
/// <param name="CausationId">The event that a process manager answered with this command. Missing for a person's
/// command.</param>
public sealed record HistoryItem(
    Guid CommandId,
    string Stream,
    string Type,
    string Status,
    long Version,
    string? Code,
    string? Reason,
    JsonElement? Asked,
    Actor Actor,
    DateTimeOffset IssuedAt,
    DateTimeOffset DecidedAt,
    string? CorrelationId,
    Guid? CausationId,
    IReadOnlyList<HistoryEvent> Events)
{
    internal static HistoryItem Of(CommandOutcome command, IReadOnlyList<HistoryEvent> events) => new(
        command.CommandId,
        command.Stream.ToString(),
        command.CommandType,
        command.Status switch
        {
            CommandStatus.Applied => "applied",
            CommandStatus.Unchanged => "unchanged",
            CommandStatus.Refused => "refused",
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.Status, "No such status."),
        },
        command.Version,
        command.Code,
        command.Reason,
        command.CommandData is { } data ? JsonElement.Parse(data) : null,
        command.Actor,
        command.IssuedAt,
        command.At,
        command.CorrelationId,
        command.CausationId,
        events);
}

/// <summary>An event and its changes of the stream's document.</summary>
/// <param name="TypeVersion">The version of the event's type in which <paramref name="Data"/> was stored.</param>
/// <param name="Changes">Missing if no read model has documents of such streams, or if the document cannot be folded up
/// to here.</param>
/// <param name="ChangesLeftOut">True if the changes are too large for a response, otherwise missing.</param>
public sealed record HistoryEvent(
    Guid Id,
    long Version,
    string Type,
    int TypeVersion,
    JsonElement Data,
    IReadOnlyList<DocumentChange>? Changes,
    bool? ChangesLeftOut = null)
{
    internal static HistoryEvent Of(EventRecord e, IReadOnlyList<DocumentChange>? changes) => new(e.EventId, e.Version, e.Type, e.TypeVersion, JsonElement.Parse(e.Data), changes);
}

/// <summary>One changed value of a document. Version and time, which every event changes, are omitted.</summary>
/// <param name="Path">For example <c>pricing.currentPrice</c> or <c>images[0]</c>.</param>
/// <param name="Before">Missing if there was no value.</param>
/// <param name="After">Missing if there is no value now.</param>
public sealed record DocumentChange(
    string Path,
    JsonElement? Before,
    JsonElement? After);

/// <summary>The JSON of the audit trail in camel case. Missing values are omitted.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HistoryItem))]
public sealed partial class HistoryJson : JsonSerializerContext;
