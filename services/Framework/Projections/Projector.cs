using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Projections.Snapshots;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Projections;

/// <summary>
/// Brings the items of one document to where its streams are. Every message is a hint: in any order, with duplicates, and with any loss but a stream's last hint, an item ends as the fold of its stream.
/// </summary>
/// <param name="snapshots">Kept of what a fold passes; null where nobody wants these documents as they were.</param>
public sealed class Projector<TDocument>(IReadModel<TDocument> items, IProjection<TDocument> projection, StreamReader reader, DocumentSnapshots<TDocument>? snapshots = null) : IProjector
    where TDocument : class
{
    /// <summary>A race is lost only to someone who brought the item forward, so more than a few in a row mean that something else is wrong.</summary>
    public const int MaxAttempts = 5;

    private const int ParallelSaves = 16;

    public string Category => projection.Category;

    /// <summary>Projects what a batch says, each stream once; a stream of another category is left out. No stream's failure fails another.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; items may have been written.</exception>
    public Task<IReadOnlyCollection<Projected>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches, CancellationToken ct) => ProjectAsync(batches, areWhole: false, ct);

    /// <summary>
    /// Writes the folds of whole histories over what is stored, unless that is newer. Each batch has all events of its stream that the log has, from the first on; nothing more is read of it. No stream's failure fails another.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; items may have been written.</exception>
    public Task<IReadOnlyCollection<Projected>> RebuildAsync(IReadOnlyCollection<StreamBatch> histories, CancellationToken ct) => ProjectAsync(histories, areWhole: true, ct);

    public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => items.LoadVersionsAsync(streams, ct);

    public async Task<IReadOnlyDictionary<StreamId, ItemText>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await items.LoadAsync(streams, ct)).ToDictionary(item => item.Key, item => TextOf(item.Value));

    public IAsyncEnumerable<ItemText> ScanAsync(CancellationToken ct) => items.ScanAsync(ct).Select(TextOf);

    public IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => items.ScanAggregatesAsync(ct);

    public IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => items.ScanEntriesAsync(ct);

    public Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct) => items.DeleteStrayEntriesAsync(stream, ct);

    public ItemText? Fold(IEnumerable<EventRecord> events) => projection.Fold(events) is { } item ? TextOf(item) : null;

    public IDocumentFold BeginFold() => new DocumentFold<TDocument>(projection, null);

    public async Task<IDocumentFold> BeginFoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct) =>
        new DocumentFold<TDocument>(projection, snapshots is null ? null : await snapshots.FindAsync(stream, bounds, ct));

    public Task<IReadOnlyList<Snapshot>> LoadSnapshotsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        snapshots is null ? Task.FromResult<IReadOnlyList<Snapshot>>([]) : snapshots.ReadAsync(streams, ct);

    private async Task<IReadOnlyCollection<Projected>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches, bool areWhole, CancellationToken ct)
    {
        var done = new ConcurrentDictionary<StreamId, Projected>();
        List<StreamBatch> open = [.. batches.Where(batch => batch.Stream.Category == projection.Category)];
        for (var attempt = 0; open.Count > 0 && attempt < MaxAttempts; attempt++)
        {
            await TryAsync(open, areWhole, done, ct);
            open.RemoveAll(batch => done.ContainsKey(batch.Stream));
        }

        foreach (var batch in open) done[batch.Stream] = new Projected(batch.Stream, 0, new LostRaceException(batch.Stream, MaxAttempts));
        return [.. done.Values];
    }

    /// <summary>One attempt at all open streams; those that lost a race are not done after it.</summary>
    private async Task TryAsync(IReadOnlyList<StreamBatch> open, bool areWhole, ConcurrentDictionary<StreamId, Projected> done, CancellationToken ct)
    {
        IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>> stored;
        try
        {
            stored = await items.LoadAsync([.. open.Select(batch => batch.Stream)], ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            foreach (var batch in open) done[batch.Stream] = new Projected(batch.Stream, 0, e);
            return;
        }

        Work[] all = [.. open.Select(batch => new Work(batch, areWhole, stored.GetValueOrDefault(batch.Stream)))];
        foreach (var work in all) work.Fold(projection, [], snapshots);
        await RefoldAsync([.. all.Where(work => work.IsShort)], ct);

        // Before the items: who is killed between the two does both again.
        if (snapshots is not null && all.SelectMany(work => work.Passed).ToList() is { Count: > 0 } passed) await snapshots.SaveAsync(passed, ct);
        await Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelSaves, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
            async (work, token) =>
            {
                if (await FinishAsync(work, token) is { } result) done[result.Stream] = result;
            });
    }

    /// <summary>Reads what is missing of all these streams at once, and folds it. A stream with a gap in its history fails alone.</summary>
    private async Task RefoldAsync(List<Work> lacking, CancellationToken ct)
    {
        while (lacking.Count > 0)
        {
            try
            {
                var bounds = new HistoryBounds(FromVersion: lacking.Min(work => work.Base?.Version ?? 0) + 1);
                var histories = await reader.ReadAsync([.. lacking.Select(work => work.Batch.Stream)], bounds, ct);
                foreach (var work in lacking) work.Fold(projection, histories.GetValueOrDefault(work.Batch.Stream) ?? [], snapshots);
                return;
            }
            catch (HistoryGapException gap) when (lacking.Find(work => work.Batch.Stream == gap.Stream) is { } broken)
            {
                broken.Fail(gap);
                lacking.Remove(broken);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                foreach (var work in lacking) work.Error = e;
                return;
            }
        }
    }

    /// <summary>Saves what is new. Null where another was faster.</summary>
    private async Task<Projected?> FinishAsync(Work work, CancellationToken ct)
    {
        var stream = work.Batch.Stream;
        var (stored, folded) = (work.Stored?.Version ?? 0, work.Folded?.Version ?? 0);
        if (work.Error is not null) return new Projected(stream, stored, work.Error) { IsStuck = work.IsStuck };
        if (folded < work.Batch.Version) return new Projected(stream, stored, new HistoryEndsShortException(stream, work.Batch.Version, folded)) { IsStuck = work.IsWhole };
        if (folded < stored && work.Stored?.Fault is { } fault) return new Projected(stream, 0, fault) { IsStuck = true };
        if (folded < stored || folded == stored && !work.IsRebuild || work.Folded is null) return new Projected(stream, stored);
        try
        {
            return await items.SaveAsync(work.Folded, work.IsRebuild && work.Stored is { } doubted ? doubted with { IsDoubted = true } : work.Stored, ct) ? new Projected(stream, folded) : null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return new Projected(stream, stored, e);
        }
    }

    private ItemText TextOf(ReadModelItem<TDocument> item)
    {
        var adds = item.Adds is { } contribution ? $",\"adds\":{contribution.Text}" : "";
        var document = item.Document is { } some ? PlainJson.Write(some, projection.Json) : "null";
        return new(item.Stream, item.Version, $$"""{"at":{{item.At.ToUnixTimeMilliseconds()}}{{adds}},"document":{{document}}}""")
        {
            Adds = projection.AddsToAggregates ? item.Adds : null,
            Entries = projection.EntriesOf(item),
            MayDifferIn = item.Shape < projection.Shape.Number ? projection.ChangedPaths : [],
            Fault = item.Fault,
        };
    }

    /// <summary>One stream in one attempt.</summary>
    private sealed class Work(StreamBatch batch, bool isWhole, ReadModelItem<TDocument>? stored)
    {
        public StreamBatch Batch => batch;

        /// <summary>Whether the batch is all that there is of its stream.</summary>
        public bool IsWhole => isWhole;

        public ReadModelItem<TDocument>? Stored => stored;

        /// <summary>Whether nothing that is stored is trusted: it is to be made again, or cannot be read.</summary>
        public bool IsRebuild => isWhole || batch.Rebuild || stored?.Fault is not null;

        /// <summary>What the fold begins with.</summary>
        public ReadModelItem<TDocument>? Base => IsRebuild ? null : stored;

        public ReadModelItem<TDocument>? Folded { get; private set; }

        /// <summary>The items on the way there of which snapshots are due.</summary>
        public List<ReadModelItem<TDocument>> Passed { get; } = [];

        public Exception? Error { get; set; }

        public bool IsStuck { get; private set; }

        /// <summary>Whether the history is needed. A rebuild always needs it: its hint may be older than the stream.</summary>
        public bool IsShort => Error is null && !isWhole && (IsRebuild || (Folded?.Version ?? 0) < batch.Version);

        /// <summary>The events themselves are at fault.</summary>
        public void Fail(Exception error) => (Error, IsStuck) = (error, true);

        /// <summary>Folds the history and the batch's own events together. An event that cannot be applied is this stream's error.</summary>
        public void Fold(IProjection<TDocument> projection, IReadOnlyList<EventRecord> history, DocumentSnapshots<TDocument>? snapshots)
        {
            Passed.Clear();
            try
            {
                Folded = projection.Fold(history.Concat(batch.Events.Where(e => history.Count == 0 || e.Version > history[^1].Version)), Base, passing: snapshots is null ? null : item =>
                {
                    if (snapshots.IsDue(item)) Passed.Add(item);
                });
            }
            catch (Exception e)
            {
                Fail(e);
            }
        }
    }
}
