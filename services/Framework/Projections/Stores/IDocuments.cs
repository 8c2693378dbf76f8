using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Stores;

/// <summary>Documents as readers ask for them. Each is read strongly consistent; a list may be a moment behind the documents in it.</summary>
public interface IDocuments<TDocument>
    where TDocument : class
{
    /// <summary>The document of a stream; null if there is none, or none yet.</summary>
    /// <exception cref="FormatException">The stored document cannot be read.</exception>
    Task<TDocument?> DocumentAsync(StreamId stream, CancellationToken ct);

    /// <summary>A page of a list.</summary>
    /// <param name="partition">Which list: the documents with this partition.</param>
    /// <param name="cursor">The value of next on the previous page; null for the first page.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one that this list gave.</exception>
    Task<DocumentPage<TDocument>> ListAsync(DocumentList<TDocument> list, string partition, bool descending, int limit, string? cursor, CancellationToken ct);

    /// <summary>The sum of everything that items have added about a stream; null if nothing was added. Read strongly consistent.</summary>
    Task<Contribution?> SumAsync(StreamId about, CancellationToken ct);
}
