using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.DeadLetters;

/// <summary>A dead letter.</summary>
/// <param name="Id">The message id that SQS gave it.</param>
/// <param name="Queue">The topology name of the queue whose function gave the message up.</param>
/// <param name="Receipt">The receipt handle that releases or deletes the letter; valid for this receive only.</param>
/// <param name="Says">The events in the letter, by stream; empty if the body is unreadable.</param>
/// <param name="Reason">Exception type and message. Null if SQS itself moved the message: its function was killed or
/// timed out at each attempt.</param>
/// <param name="Stack">The stack trace of the exception.</param>
public sealed record Letter(
    string Id,
    string Queue,
    string Receipt,
    string Body,
    IReadOnlyList<StreamBatch> Says,
    string? Function,
    DateTimeOffset? FailedAt,
    string? Reason,
    string? Stack)
{
    /// <summary>The letter's stream; null if the body is unreadable or concerns several streams.</summary>
    public StreamId? Stream => Says is [var one] ? one.Stream : null;

    /// <summary>The lowest version in the letter; 0 if the body is unreadable.</summary>
    public long Version => Says.Count == 0 ? 0 : Says.Min(batch => batch.Events.Count > 0 ? batch.Events[0].Version : batch.Version);

    public bool Equals(Letter? other) => other is not null && (Id, Queue) == (other.Id, other.Queue);

    public override int GetHashCode() => HashCode.Combine(Id, Queue);

    /// <summary>Reads the events in a body, by stream. Returns none if it is unreadable.</summary>
    public static IReadOnlyList<StreamBatch> Read(WireContracts events, string body)
    {
        try
        {
            return StreamBatch.Of(EventMessage.Parse(events, body));
        }
        catch (FormatException)
        {
            return [];
        }
    }
}

/// <summary>Selects dead letters. A letter must match every criterion that is not null.</summary>
/// <param name="Reason">A part of the reason, ignoring case.</param>
/// <param name="Since">The earliest time at which the function gave the message up.</param>
public sealed record LetterFilter(
    string? Id = null,
    string? Queue = null,
    string? Reason = null,
    StreamId? Stream = null,
    DateTimeOffset? Since = null)
{
    /// <summary>Whether the letter matches.</summary>
    public bool Names(Letter letter) =>
        (Id is null || letter.Id == Id)
        && (Queue is null || letter.Queue == Queue)
        && (Reason is null || letter.Reason?.Contains(Reason, StringComparison.OrdinalIgnoreCase) == true)
        && (Stream is null || letter.Says.Any(batch => batch.Stream == Stream))
        && (Since is null || letter.FailedAt >= Since);
}
