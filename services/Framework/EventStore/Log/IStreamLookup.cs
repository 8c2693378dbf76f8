using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Finds streams by the content of their events without scanning. It does not find what only tips hold.
/// </summary>
public interface IStreamLookup
{
    /// <summary>
    /// Returns the category's streams with an event up to that time that has one of the values in the field. They are
    /// sorted by id (ordinal).
    /// </summary>
    /// <param name="field">One of <see cref="Domain.IndexedFields"/>.</param>
    /// <param name="asOf">The latest time of the event (inclusive).</param>
    Task<IReadOnlyList<StreamId>> FindAsync(string category, string field, IReadOnlyCollection<string> values, DateTimeOffset asOf, CancellationToken ct);
}
