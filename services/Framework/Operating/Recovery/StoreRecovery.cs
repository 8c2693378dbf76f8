using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Recovery;

/// <summary>
/// Makes log and tips match after one of them, or both, were restored to an earlier time. The log gets what only tips
/// still have. A tip that differs from the log is rebuilt from the log. Commands that lost their outcome are parked in
/// the tip if the command stream still has them. The consumer decides them again, with their own ids and in order,
/// before any later command.
/// <para>
/// Each write is conditional on what was read, so a consumer that works at the same time loses nothing. The recovery
/// can be killed at any time and repeated.
/// </para>
/// </summary>
/// <param name="records">The records kept on the command stream, with its identity.</param>
internal sealed class StoreRecovery(
    Domain domain,
    IEventHistory history,
    IEventLog log,
    IStreamTips tips,
    Func<CancellationToken, IAsyncEnumerable<(string Source, ArrivedRecord Record)>> records)
{
    private const int Chunk = 200;

    // DynamoDB's item limit is 400 KB. The next commit adds up to 100 KB to the commands that are still parked.
    private const int MostBytes = 250 * 1024;

    /// <param name="isDry">Report only, write nothing.</param>
    /// <param name="bothRestored">Whether both stores lost data. Commands that no tip's position covers may then have
    /// been decided as well.</param>
    /// <param name="progress">Receives a progress line from time to time.</param>
    public async Task<RecoveryReport> RunAsync(bool isDry, bool bothRestored, Action<string> progress, CancellationToken ct)
    {
        var report = new RecoveryReport();
        var broken = new HashSet<StreamId>();
        await foreach (var chunk in DiagnoseAllAsync(ct).Chunk(Chunk).WithCancellation(ct))
        {
            report.Add(chunk);
            broken.UnionWith(chunk.Where(one => one.Condition is StreamCondition.TipAhead or StreamCondition.TipBehind).Select(one => one.Stream));
            List<StreamTip> whole = [.. chunk.Where(one => one.Condition == StreamCondition.LogIncomplete).Select(one => one.Tip!)];
            if (!isDry && whole.Count > 0) await log.AppendAsync([.. whole.SelectMany(tip => tip.Newest.Events)], [.. whole.SelectMany(tip => tip.Newest.Outcomes)], ct);
            progress($"compared {report.Streams:N0} streams");
        }

        var lost = await FindLostAsync(broken, report, isDry, bothRestored, progress, ct);
        // The recovery keeps no complete history in memory, so it reads the streams to repair a second time.
        await foreach (var diagnosis in DiagnoseAllAsync(ct).Where(one => broken.Contains(one.Stream) || lost.ContainsKey(one.Stream)).WithCancellation(ct))
        {
            await MendAsync(diagnosis, lost.Remove(diagnosis.Stream, out var commands) ? commands : [], report, isDry, ct);
            progress($"made {report.Tips:N0} tips");
        }

        foreach (var (stream, commands) in lost) await MendAsync(StreamDiagnosis.Of(domain, stream, [], [], null), commands, report, isDry, ct);
        return report;
    }

    private async IAsyncEnumerable<StreamDiagnosis> DiagnoseAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        HashSet<StreamId> seen = [];
        await foreach (var chunk in MergedHistory.ReadAsync(history, null, ct).Chunk(Chunk).WithCancellation(ct))
        {
            var heads = await tips.LoadAsync([.. chunk.Select(logged => logged.Stream)], ct);
            foreach (var logged in chunk)
            {
                seen.Add(logged.Stream);
                yield return StreamDiagnosis.Of(domain, logged.Stream, logged.Events, logged.Outcomes, heads.GetValueOrDefault(logged.Stream));
            }
        }

        await foreach (var tip in tips.ScanAsync(ct))
            if (seen.Add(tip.Stream)) yield return StreamDiagnosis.Of(domain, tip.Stream, [], [], tip);
    }

    /// <summary>
    /// Finds, by stream, the commands on the command stream that were decided and whose outcome is in no store.
    /// </summary>
    private async Task<Dictionary<StreamId, List<ParkedRecord>>> FindLostAsync(HashSet<StreamId> broken, RecoveryReport report, bool isDry, bool bothRestored, Action<string> progress, CancellationToken ct)
    {
        Dictionary<StreamId, List<ParkedRecord>> lost = [];
        await foreach (var chunk in records(ct).Chunk(Chunk).WithCancellation(ct))
        {
            var read = chunk.Select(kept => (kept.Source, kept.Record, As: RecordedAs.Of(kept.Source, kept.Record, domain))).ToList();
            List<OutcomeQuery> wanted = [.. read.SelectMany(one => IdsOf(one.As).Select(id => new OutcomeQuery(one.As.Stream, id, null))).Distinct()];
            var known = (await log.FindOutcomesAsync(wanted, ct)).Select(outcome => outcome.CommandId).ToHashSet();
            var open = read.Where(one => !IdsOf(one.As).Any(known.Contains)).ToList();
            report.Records += chunk.Length;
            progress($"read {report.Records:N0} records of the command stream");
            if (open.Count == 0) continue;

            List<CommandOutcome> unreadable = [.. open.Select(one => one.As.Unreadable).OfType<CommandOutcome>()];
            report.Unreadable += unreadable.Count;
            if (!isDry && unreadable.Count > 0) await log.AppendAsync([], unreadable, ct);

            var heads = await tips.LoadAsync([.. open.Select(one => one.As.Stream).Distinct()], ct);
            foreach (var (source, record, recorded) in open.Where(one => !one.As.IsUnreadable))
            {
                var tip = heads.GetValueOrDefault(recorded.Stream);
                // A tip that is rebuilt from the log loses the outcomes that only it had.
                var isHeld = !broken.Contains(recorded.Stream) && tip?.Newest.Outcomes.Any(outcome => outcome.CommandId == recorded.CommandId) == true;
                if (isHeld || tip?.Parked.Any(parked => parked.CommandId == recorded.CommandId) == true) continue;
                if (!bothRestored && tip?.Position.Covers(source, record.SequenceNumber) != true) continue;
                if (!lost.TryGetValue(recorded.Stream, out var all)) lost.Add(recorded.Stream, all = []);
                all.Add(new ParkedRecord(recorded.CommandId, record.SequenceNumber, record.ArrivedAt, record.Data));
            }
        }

        return lost;
    }

    private async Task MendAsync(StreamDiagnosis diagnosis, IReadOnlyList<ParkedRecord> commands, RecoveryReport report, bool isDry, CancellationToken ct)
    {
        if (diagnosis.Condition == StreamCondition.Contradicted) return;
        var parked = (diagnosis.Tip?.Parked ?? []).Concat(commands).DistinctBy(record => record.CommandId).ToList();
        parked.Sort((one, other) => SourcePosition.Compare(one.SequenceNumber, other.SequenceNumber));
        StreamTip next;
        try
        {
            next = LoggedTip.Of(domain, diagnosis.Stream, diagnosis.Events, diagnosis.Outcomes, parked);
        }
        catch (UnknownContractException e)
        {
            report.Fail(diagnosis.Stream, $"it cannot be folded: {e.Message}");
            return;
        }

        if (TipBody.Write(next).Length > MostBytes)
        {
            report.Fail(diagnosis.Stream, $"its {parked.Count:N0} commands to decide again do not fit into its tip");
            return;
        }

        if (!isDry && !await tips.CommitAsync(next, diagnosis.Tip, ct))
        {
            report.Fail(diagnosis.Stream, "its tip changed meanwhile: run recover again");
            return;
        }

        report.Mend(diagnosis, commands.Count);
    }

    private static IEnumerable<Guid> IdsOf(RecordedAs recorded) => recorded.FormerId is { } former ? [recorded.CommandId, former] : [recorded.CommandId];
}
