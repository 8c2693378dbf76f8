using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>Finds the recipients of mails about one kind of event.</summary>
public interface IOccasions
{
    /// <summary>The events that mails are written about.</summary>
    IReadOnlyList<Type> Events { get; }

    /// <summary>
    /// Returns the occasions of this batch, and the streams that failed with their errors. Failed streams are
    /// redelivered and do not delay the others.
    /// </summary>
    Task<(IReadOnlyList<Occasion> Found, IReadOnlyDictionary<StreamId, Exception> Errors)> FindAsync(IReadOnlyList<StreamBatch> batches, CancellationToken ct);
}
