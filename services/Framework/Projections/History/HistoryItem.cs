using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.History;

/// <summary>One command of the audit trail as people and programs get it: who asked for what, when and because of what, how it ended, and what each event that it made has changed.</summary>
/// <param name="Status"><c>applied</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Code">Why it was refused: stable, in snake_case.</param>
/// <param name="Reason">The same for a person.</param>
/// <param name="Asked">What was asked for, where it was refused; where it was not, the events tell.</param>
/// <param name="CorrelationId">What ties it to its request, and to all that followed from that.</param>
/// <param name="CausationId">The event that a process answered with this command; missing where a person sent it.</param>
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

/// <summary>An event, and what it did to the document of its stream.</summary>
/// <param name="TypeVersion">The version of its shape, in which <paramref name="Data"/> was stored.</param>
/// <param name="Changes">Missing where no read model has documents of such streams, and where the document cannot be folded so far.</param>
/// <param name="ChangesLeftOut">True where the changes are too large for an answer; missing otherwise.</param>
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

/// <summary>One value of a document that changed; what each event changes, version and time, is left out.</summary>
/// <param name="Path">As in <c>pricing.currentPrice</c> or <c>images[0]</c>.</param>
/// <param name="Before">Missing where there was nothing.</param>
/// <param name="After">Missing where there is nothing any more.</param>
public sealed record DocumentChange(
    string Path,
    JsonElement? Before,
    JsonElement? After);

/// <summary>The JSON of the audit trail, camelCase; what is missing is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HistoryItem))]
public sealed partial class HistoryJson : JsonSerializerContext;
