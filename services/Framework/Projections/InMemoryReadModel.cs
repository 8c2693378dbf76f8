using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>Items in memory, with the promises of the stored ones.</summary>
public class InMemoryReadModel<TDocument> : IReadModel<TDocument>
    where TDocument : class
{
    private readonly ConcurrentDictionary<StreamId, ReadModelItem<TDocument>> _items = [];
    private readonly ConcurrentDictionary<StreamId, Contribution> _aggregates = [];
    private readonly Lock _saving = new();

    /// <summary>All documents that there are at this moment.</summary>
    protected IEnumerable<TDocument> Documents => _items.Values.Select(item => item.Document).OfType<TDocument>();

    /// <summary>All items that there are at this moment, tombstones too.</summary>
    protected IEnumerable<ReadModelItem<TDocument>> Items => _items.Values;

    /// <summary>The item of a stream; null where there is none.</summary>
    protected ReadModelItem<TDocument>? ItemOf(StreamId stream) => _items.GetValueOrDefault(stream);

    /// <summary>The aggregate about a stream; null where nothing was ever added to it.</summary>
    public Contribution? AggregateOf(StreamId about) => _aggregates.GetValueOrDefault(about);

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
            foreach (var difference in Contribution.Difference(stored?.Adds, item.Adds))
                _aggregates[difference.About] = _aggregates.TryGetValue(difference.About, out var sums) ? sums.Plus(difference) : difference;
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

    public virtual IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => _aggregates.Values.ToAsyncEnumerable();

    public virtual IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => AsyncEnumerable.Empty<IndexEntry>();
}
