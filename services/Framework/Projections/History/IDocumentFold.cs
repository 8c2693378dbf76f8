using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.History;

/// <summary>Folds one stream's document event by event, with the projection of its read model.</summary>
public interface IDocumentFold
{
    /// <summary>The version of the last applied event, or 0 before the first.</summary>
    long Version { get; }

    /// <summary>
    /// The current JSON of the document, or null before the first event and after the document was deleted.
    /// </summary>
    string? Document { get; }

    /// <summary>Applies the next event. Throws if it is not the next one, or cannot be applied.</summary>
    void Apply(EventRecord e);
}

/// <param name="from">The item to start from, or null to start at the first event.</param>
internal sealed class DocumentFold<TDocument>(IProjection<TDocument> projection, ReadModelItem<TDocument>? from) : IDocumentFold
    where TDocument : class
{
    private TDocument? _document = from?.Document;

    public long Version { get; private set; } = from?.Version ?? 0;

    public string? Document => _document is null ? null : PlainJson.Write(_document, projection.Json);

    public void Apply(EventRecord e)
    {
        if (e.Version != Version + 1) throw new HistoryGapException(e.Stream, Version + 1, e.Version);
        _document = projection.Apply(_document, e);
        Version = e.Version;
    }
}
