using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>A store that runs an action before each save.</summary>
internal sealed class UnsteadyItems<TDocument>(IReadModel<TDocument> inner, Func<ReadModelItem<TDocument>, Task> beforeSave) : IReadModel<TDocument>
    where TDocument : class
{
    private int _saves;

    public int Saves => _saves;

    public Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadAsync(streams, ct);

    public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadVersionsAsync(streams, ct);

    public async Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct)
    {
        Interlocked.Increment(ref _saves);
        await beforeSave(item);
        return await inner.SaveAsync(item, stored, ct);
    }

    public IAsyncEnumerable<ReadModelItem<TDocument>> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);

    public IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => inner.ScanAggregatesAsync(ct);
}
