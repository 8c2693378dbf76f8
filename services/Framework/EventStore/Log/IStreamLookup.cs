using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>Finds streams by what their events say, without reading the others. What only tips hold, and no log yet, is not found.</summary>
public interface IStreamLookup
{
    /// <summary>The streams of a category of which some event until then has one of these values in that field, in the ordinal order of their ids.</summary>
    /// <param name="category">Of the streams.</param>
    /// <param name="field">One of <see cref="Domain.IndexedFields"/>.</param>
    /// <param name="asOf">Inclusive.</param>
    Task<IReadOnlyList<StreamId>> FindAsync(string category, string field, IReadOnlyCollection<string> values, DateTimeOffset asOf, CancellationToken ct);
}
