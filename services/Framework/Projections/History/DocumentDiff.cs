using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Projections.History;

/// <summary>Tells what became of a stream's document between two points of its history, in either direction.</summary>
public sealed class DocumentDiff(ReadModelCatalogue models, StreamReader reader)
{
    /// <summary>The document's differences, and the versions it had at the two points; 0 before the first event. Null where no read model has documents of such streams.</summary>
    public async Task<DocumentDifference?> BetweenAsync(StreamId stream, HistoryBounds from, HistoryBounds to, CancellationToken ct)
    {
        if (models.DocumentOf(stream.Category) is not { } follower) return null;
        var (before, after) = (await FoldAsync(follower, stream, from, ct), await FoldAsync(follower, stream, to, ct));
        return new DocumentDifference(before.Version, after.Version, JsonChanges.Between(before.Document ?? "{}", after.Document ?? "{}"));
    }

    private async Task<IDocumentFold> FoldAsync(IProjector follower, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var fold = await follower.BeginFoldAsync(stream, bounds, ct);
        foreach (var e in await reader.ReadAsync(stream, bounds with { FromVersion = fold.Version + 1 }, ct)) fold.Apply(e);
        return fold;
    }
}

/// <summary>A document at two versions of its stream.</summary>
public sealed record DocumentDifference(
    long FromVersion,
    long ToVersion,
    IReadOnlyList<JsonChange> Changes);
