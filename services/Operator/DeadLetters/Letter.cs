using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.DeadLetters;

/// <summary>A dead letter as it lies in its queue.</summary>
/// <param name="Id">The queue's.</param>
/// <param name="Queue">The queue whose function gave it up, by its name in the topology.</param>
/// <param name="Receipt">What it is released or deleted with; of this taking alone.</param>
/// <param name="Reason">Exception type and message; null where SQS itself gave the message up: its function was killed, or ran out of time, each time that it had it.</param>
/// <param name="Stack">Where the cause was thrown.</param>
public sealed record Letter(
    string Id,
    string Queue,
    string Receipt,
    string Body,
    string? Function,
    DateTimeOffset? FailedAt,
    string? Reason,
    string? Stack)
{
    private readonly Lazy<IReadOnlyList<StreamBatch>> _says = new(() => Read(Body));

    /// <summary>What it says of which streams; nothing where it cannot be read.</summary>
    public IReadOnlyList<StreamBatch> Says => _says.Value;

    /// <summary>The stream it is about; null where it cannot be read, or is about several.</summary>
    public StreamId? Stream => Says is [var one] ? one.Stream : null;

    /// <summary>The first version that it tells of.</summary>
    public long Version => Says.Count == 0 ? 0 : Says.Min(batch => batch.Events.Count > 0 ? batch.Events[0].Version : batch.Version);

    public bool Equals(Letter? other) => other is not null && (Id, Queue) == (other.Id, other.Queue);

    public override int GetHashCode() => HashCode.Combine(Id, Queue);

    private static IReadOnlyList<StreamBatch> Read(string body)
    {
        try
        {
            return StreamBatch.Of(EventMessage.Parse(ShopContracts.Events, body));
        }
        catch (FormatException)
        {
            return [];
        }
    }
}

/// <summary>Some of the dead letters: those of which all holds that is not null.</summary>
/// <param name="Reason">It is part of the reason, whatever the case of its letters.</param>
/// <param name="Since">Given up at this time or later.</param>
public sealed record LetterFilter(
    string? Id = null,
    string? Queue = null,
    string? Reason = null,
    StreamId? Stream = null,
    DateTimeOffset? Since = null)
{
    /// <summary>Whether the letter is one of them.</summary>
    public bool Names(Letter letter) =>
        (Id is null || letter.Id == Id)
        && (Queue is null || letter.Queue == Queue)
        && (Reason is null || letter.Reason?.Contains(Reason, StringComparison.OrdinalIgnoreCase) == true)
        && (Stream is null || letter.Says.Any(batch => batch.Stream == Stream))
        && (Since is null || letter.FailedAt >= Since);
}
