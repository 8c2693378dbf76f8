using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.History;

/// <summary>One stream's document, folded event by event by the projection that fills its read model.</summary>
public interface IDocumentFold
{
    /// <summary>The version of the last event that was applied; 0 before the first.</summary>
    long Version { get; }

    /// <summary>The document's JSON now; null before the first event, and where the stream has none any more.</summary>
    string? Document { get; }

    /// <summary>Applies the next event. Throws where it is not the next, or cannot be applied.</summary>
    void Apply(EventRecord e);
}

/// <param name="from">What the fold begins with; null for the first event.</param>
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
