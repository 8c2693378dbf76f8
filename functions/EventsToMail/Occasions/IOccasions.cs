using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail.Occasions;

/// <summary>Finds who is to be told about events of one kind.</summary>
public interface IOccasions
{
    /// <summary>The occasions in this batch, and of which streams they could not be found, and why: those come again, the others do not wait for them.</summary>
    Task<(IReadOnlyList<Occasion> Found, IReadOnlyDictionary<StreamId, Exception> Errors)> FindAsync(IReadOnlyList<StreamBatch> batches, CancellationToken ct);
}
