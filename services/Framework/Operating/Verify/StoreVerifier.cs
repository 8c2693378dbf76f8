using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// Verifies log, tips and read models stream by stream while the system runs. It reads the stores one after another, so a
/// stream that changes meanwhile can look wrong. It therefore reads suspects again before it reports them.
/// </summary>
public sealed class StoreVerifier(Domain domain, IEventHistory history, IEventLog log, IStreamTips tips, ReadModelCatalogue models, TimeProvider time)
{
    private const int Chunk = 200;

    /// <summary>
    /// The number of rechecks, one second apart. A commit reaches the log and the read models in a fraction of a
    /// second.
    /// </summary>
    private const int Rechecks = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Bounds the memory for suspects. If more streams differ, changes during the read are not the cause.
    private const int MostSuspects = 5_000;

    /// <summary>Verifies the streams of a category; null for all.</summary>
    /// <param name="progress">Receives the number of checked streams.</param>
    public async Task<VerifyReport> RunAsync(string? category, Action<int> progress, CancellationToken ct)
    {
        var report = new VerifyReport();
        var suspects = new List<StreamEvidence>();
        var seen = new HashSet<Guid>();

        await foreach (var chunk in MergedHistory.ReadAsync(history, category, ct).Chunk(Chunk).WithCancellation(ct))
        {
            foreach (var logged in chunk) seen.Add(Digest(logged.Stream));
            await JudgeAsync(chunk, report, suspects, ct);
            progress(report.Streams + suspects.Count);
        }

        // Streams without a row in the log: those with only a tip, or with only an item.
        List<(AggregateCheck Aggregates, EntryCheck Entries)> checks =
        [
            .. models.Models
                .SelectMany(model => model.Followers, (model, follower) => (model, follower))
                .Where(one => category is null || one.follower.Category == category)
                .Select(one => (one.model, one.follower, Entries: new EntryCheck(one.model.Name, one.follower, time)))
                .Select(one => (new AggregateCheck(one.model.Name, one.follower, one.Entries, time), one.Entries)),
        ];
        var others = checks.Aggregate(tips.ScanAsync(ct).Select(tip => tip.Stream), (streams, check) => streams.Concat(check.Aggregates.ScanAsync(ct)));
        await foreach (var chunk in others.Where(stream => (category is null || stream.Category == category) && seen.Add(Digest(stream))).Chunk(Chunk).WithCancellation(ct))
        {
            await JudgeAsync([.. chunk.Select(stream => new LoggedStream(stream, [], []))], report, suspects, ct);
            progress(report.Streams + suspects.Count);
        }

        await RecheckAsync(suspects, report, ct);
        foreach (var (aggregates, entries) in checks)
        {
            report.Add(await aggregates.RunAsync(Rechecks, Pause, ct));
            report.Add(await entries.RunAsync(Rechecks, Pause, ct));
        }

        return report;
    }

    /// <summary>Verifies one stream.</summary>
    public async Task<VerifyReport> RunAsync(StreamId stream, CancellationToken ct)
    {
        var report = new VerifyReport();
        await RecheckAsync([new StreamEvidence(stream, [], [], null, [])], report, ct);
        return report;
    }

    private async Task JudgeAsync(IReadOnlyList<LoggedStream> streams, VerifyReport report, List<StreamEvidence> suspects, CancellationToken ct)
    {
        foreach (var evidence in await GatherAsync(streams, ct))
        {
            var differences = StreamCheck.Of(domain, evidence);
            if (differences.Count > 0 && suspects.Count < MostSuspects) suspects.Add(evidence);
            else report.Add(evidence, differences);
        }
    }

    private async Task<IReadOnlyList<StreamEvidence>> GatherAsync(IReadOnlyList<LoggedStream> streams, CancellationToken ct)
    {
        var heads = await tips.LoadAsync([.. streams.Select(stream => stream.Stream)], ct);
        var items = await LoadItemsAsync(streams.Select(stream => stream.Stream), ct);
        return [.. streams.Select(logged => new StreamEvidence(logged.Stream, logged.Events, logged.Outcomes, heads.GetValueOrDefault(logged.Stream), [.. items[logged.Stream]]))];
    }

    private async Task RecheckAsync(List<StreamEvidence> suspects, VerifyReport report, CancellationToken ct)
    {
        for (var attempt = 1; suspects.Count > 0 && attempt <= Rechecks; attempt++)
        {
            await Task.Delay(Pause, time, ct);
            List<StreamEvidence> still = [];
            foreach (var chunk in suspects.Chunk(Chunk))
            {
                foreach (var evidence in await ReadAgainAsync(chunk, ct))
                {
                    var differences = StreamCheck.Of(domain, evidence);
                    if (differences.Count > 0 && attempt < Rechecks) still.Add(evidence);
                    else report.Add(evidence, differences);
                }
            }

            suspects = still;
        }
    }

    /// <summary>
    /// Reads suspects again. It reads the tips before the log: a commit that leaves a tip is already in the log.
    /// Evidence keeps the log rows of earlier reads, because only a read of all rows shows contradicting ones.
    /// </summary>
    private async Task<IReadOnlyList<StreamEvidence>> ReadAgainAsync(IReadOnlyList<StreamEvidence> before, CancellationToken ct)
    {
        var streams = before.Select(evidence => evidence.Stream).ToList();
        var heads = await tips.LoadAsync(streams, ct);
        var logged = await history.ReadStreamsAsync(streams, HistoryBounds.Everything, ct);
        var commands = before
            .SelectMany(evidence => CommandsOf(evidence, logged.GetValueOrDefault(evidence.Stream) ?? [], heads.GetValueOrDefault(evidence.Stream)).Select(command => new OutcomeQuery(evidence.Stream, command, null)))
            .Distinct()
            .ToList();
        var outcomes = (await log.FindOutcomesAsync(commands, ct)).ToLookup(outcome => outcome.Stream);
        var items = await LoadItemsAsync(streams, ct);
        return
        [
            .. before.Select(evidence => new StreamEvidence(
                evidence.Stream,
                [.. evidence.LoggedEvents.Union(logged.GetValueOrDefault(evidence.Stream) ?? [])],
                [.. evidence.LoggedOutcomes.Union(outcomes[evidence.Stream], OutcomeRows.Comparer)],
                heads.GetValueOrDefault(evidence.Stream),
                [.. items[evidence.Stream]])),
        ];
    }

    private static IEnumerable<Guid> CommandsOf(StreamEvidence before, IReadOnlyList<EventRecord> logged, StreamTip? tip) =>
    [
        .. before.Outcomes.Select(outcome => outcome.CommandId),
        .. logged.Select(e => e.CommandId),
        .. tip?.Newest.Outcomes.Select(outcome => outcome.CommandId) ?? [],
        .. tip?.Ring.Entries.Select(entry => entry.CommandId) ?? [],
    ];

    private async Task<ILookup<StreamId, ItemEvidence>> LoadItemsAsync(IEnumerable<StreamId> streams, CancellationToken ct)
    {
        List<(StreamId Stream, ItemEvidence Found)> all = [];
        foreach (var category in streams.ToLookup(stream => stream.Category))
        {
            foreach (var (model, follower) in models.Of(category.Key))
            {
                var items = await follower.LoadAsync([.. category], ct);
                var snapshots = (await follower.LoadSnapshotsAsync([.. category], ct)).ToLookup(snapshot => snapshot.Stream);
                all.AddRange(category.Select(stream => (stream, new ItemEvidence(model.Name, follower, items.GetValueOrDefault(stream), [.. snapshots[stream]]))));
            }
        }

        return all.ToLookup(one => one.Stream, one => one.Found);
    }

    // 16 bytes per stream instead of its name: a million streams need about 30 MB.
    private static Guid Digest(StreamId stream) => new(SHA256.HashData(Encoding.UTF8.GetBytes(stream.ToString())).AsSpan(0, 16));
}
