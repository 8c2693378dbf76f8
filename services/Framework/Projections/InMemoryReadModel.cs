using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>The aggregates of one read model in memory: all its documents add to the same ones.</summary>
public sealed class InMemoryAggregates
{
    private readonly ConcurrentDictionary<StreamId, Contribution> _aggregates = [];

    internal IEnumerable<Contribution> All => _aggregates.Values;

    /// <summary>The aggregate about a stream; null if nothing was ever added to it.</summary>
    public Contribution? Of(StreamId about) => _aggregates.GetValueOrDefault(about);

    internal void Add(Contribution difference) =>
        _aggregates.AddOrUpdate(difference.About, static (_, added) => added, static (_, sums, added) => sums.Plus(added), difference);
}

/// <summary>Items in memory, with the promises of the stored ones.</summary>
/// <param name="aggregates">Of the whole read model; null for its own.</param>
/// <param name="isSummed">Whether these items are what adds to them.</param>
public class InMemoryReadModel<TDocument>(InMemoryAggregates? aggregates = null, bool isSummed = true) : IReadModel<TDocument>, IDocuments<TDocument>
    where TDocument : class
{
    private readonly ConcurrentDictionary<StreamId, ReadModelItem<TDocument>> _items = [];
    private readonly InMemoryAggregates _aggregates = aggregates ?? new InMemoryAggregates();
    private readonly Lock _saving = new();

    /// <summary>All documents that there are at this moment.</summary>
    protected IEnumerable<TDocument> Documents => _items.Values.Select(item => item.Document).OfType<TDocument>();

    /// <summary>All items that there are at this moment, tombstones too.</summary>
    protected IEnumerable<ReadModelItem<TDocument>> Items => _items.Values;

    /// <summary>The item of a stream; null where there is none.</summary>
    protected ReadModelItem<TDocument>? ItemOf(StreamId stream) => _items.GetValueOrDefault(stream);

    /// <summary>The aggregate about a stream; null where nothing was ever added to it.</summary>
    public Contribution? AggregateOf(StreamId about) => _aggregates.Of(about);

    public Task<TDocument?> DocumentAsync(StreamId stream, CancellationToken ct) =>
        ItemOf(stream) is { Fault: { } fault } ? Task.FromException<TDocument?>(fault) : Task.FromResult(ItemOf(stream)?.Document);

    public Task<DocumentPage<TDocument>> ListAsync(
        DocumentList<TDocument> list,
        string partition,
        bool descending,
        int limit,
        string? cursor,
        CancellationToken ct)
    {
        var after = Cursor.Read(cursor, partition, list.IsKey);
        var order = Comparer<string>.Create((x, y) => (descending ? -1 : 1) * Utf8Comparer.Instance.Compare(x, y));
        List<(string Key, TDocument Document)> rest =
        [
            .. Documents
                .Where(document => list.Partition.Of(document) == partition)
                .Select(document => (Key: list.Key.Of(document)!, document))
                .Where(entry => entry.Key is not null && (after is null || order.Compare(entry.Key, after) > 0))
                .OrderBy(entry => entry.Key, order)
                .Take(limit + 1),
        ];
        return Task.FromResult(new DocumentPage<TDocument>(
            [.. rest.Take(limit).Select(entry => entry.Document)],
            rest.Count > limit ? Cursor.Write(partition, rest[limit - 1].Key) : null));
    }

    public Task<Contribution?> SumAsync(StreamId about, CancellationToken ct) => Task.FromResult(_aggregates.Of(about));

    public Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>>(streams
            .Distinct()
            .Select(stream => _items.GetValueOrDefault(stream))
            .OfType<ReadModelItem<TDocument>>()
            .ToDictionary(item => item.Stream));

    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await LoadAsync(streams, ct)).ToDictionary(item => item.Key, item => item.Value.Version);

    public Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct)
    {
        lock (_saving)
        {
            var current = _items.GetValueOrDefault(item.Stream);
            if (current?.Version != stored?.Version || current?.Adds != stored?.Adds) return Task.FromResult(false);
            _items[item.Stream] = item;
            foreach (var difference in Contribution.Difference(stored?.Adds, item.Adds)) _aggregates.Add(difference);
            return Task.FromResult(true);
        }
    }

    public async IAsyncEnumerable<ReadModelItem<TDocument>> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var item in _items.Values)
        {
            ct.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    public IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) =>
        isSummed ? _aggregates.All.ToAsyncEnumerable() : AsyncEnumerable.Empty<Contribution>();

    public virtual IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => AsyncEnumerable.Empty<IndexEntry>();
}
