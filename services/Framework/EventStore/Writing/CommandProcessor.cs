using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// The write path of one shard: it loads, decides, commits, appends and publishes a whole batch at once. Any process
/// can process any batch again, whole or in part. What was committed is shipped again and never decided again. Only one
/// process should work on a shard at a time. A second one does no harm, because its commits fail.
/// </summary>
public sealed class CommandProcessor(
    IStreamTips tips,
    IEventLog log,
    StreamReader reader,
    IEventPublisher publisher,
    Domain domain,
    TimeProvider clock,
    ILogger<CommandProcessor> logger,
    IParkingMetric? parking = null)
{
    // A commit is a DynamoDB write of a few milliseconds. This many at once fill one HTTP/1.1 connection pool within
    // Lambda's limits.
    private const int ParallelCommits = 32;

    private readonly AcknowledgedCommits _acknowledged = new();

    // Remembers commits that decided parked commands. Subscribers may answer their events with commands to the same
    // stream. Publishing them again with each of these commands would never end.
    private readonly AcknowledgedCommits _resumed = new();

    /// <summary>
    /// Processes records of one shard in order. Returns the sequence number of the first record to retry, or null when
    /// everything is committed, stored and published.
    /// </summary>
    /// <param name="source">The ARN and creation time of the Kinesis stream.</param>
    /// <exception cref="StaleTipException">Another process has committed to one of the streams.</exception>
    /// <exception cref="LostOutcomeException">A tip covers a command whose outcome is missing.</exception>
    public async Task<string?> ProcessAsync(string source, IReadOnlyList<ArrivedRecord> records, CancellationToken ct)
    {
        var (streams, unreadable) = Read(source, records);
        await LoadAsync(streams, ct);
        var (again, former) = await ShipAgainAsync(streams, ct);
        unreadable.AddRange(former);
        do
        {
            var commits = Decide(streams);
            List<EventRecord> published = [.. again];
            foreach (var commit in commits)
                // A commit that only parks keeps the previous commit, which was already published.
                if (!ReferenceEquals(commit.Next.Newest, commit.Stream.Tip?.Newest)) published.AddRange(commit.Next.Newest.Events);
            await RescueAsync(commits, ct);
            await CommitAsync(commits, ct);
            await AppendAsync(commits, unreadable, ct);
            await PublishAsync(published, ct);
            foreach (var stream in streams)
                if (stream.Tip is { IsResumed: true } resumed) _resumed.Add(resumed);
            again = [];
            unreadable = [];
        }
        while (streams.Exists(stream => stream.HasPending));

        if (streams.Sum(stream => stream.NewlyParked) is > 0 and var parked) parking?.Record(parked);
        return StoppedAt(streams, records);
    }

    private static List<TipCommit> Decide(List<StreamWork> streams)
    {
        List<TipCommit> commits = new(streams.Count);
        foreach (var stream in streams)
            if (stream.HasPending && stream.DecideRound() is { } next) commits.Add(new TipCommit(stream, next));
        return commits;
    }

    private string? StoppedAt(List<StreamWork> streams, IReadOnlyList<ArrivedRecord> records)
    {
        if (!streams.Exists(stream => stream.StoppedAt is not null)) return null;
        var stopped = streams.Select(stream => stream.StoppedAt).OfType<string>().ToHashSet();
        var first = records.First(record => stopped.Contains(record.SequenceNumber));
        logger.LogCritical(
            "The tip of {Stream} parks {Bytes} bytes, and has no room for record {SequenceNumber}: its shard waits. Deploy the newer release",
            first.PartitionKey,
            StoreLimits.Parked,
            first.SequenceNumber);
        return first.SequenceNumber;
    }

    private (List<StreamWork> Streams, List<CommandOutcome> Unreadable) Read(string source, IReadOnlyList<ArrivedRecord> records)
    {
        List<StreamWork> streams = [];
        Dictionary<StreamId, StreamWork> byId = [];
        List<CommandOutcome> unreadable = [];
        Func<StreamId, string, ParkedRecord, ArrivedCommand> parked = Parked;
        foreach (var record in records)
        {
            var (command, outcome) = CommandDecoder.Read(source, record, domain);
            if ((outcome?.Reason ?? command?.Malformed) is { } reason && command is not { IsNewer: true })
                logger.LogError(
                    "Record {SequenceNumber} cannot be read and is recorded as refused: {Reason}",
                    record.SequenceNumber,
                    reason);
            if (outcome is not null) unreadable.Add(outcome);
            if (command is null) continue;
            if (command.IsNewer)
            {
                logger.LogCritical(
                    "Record {SequenceNumber} is newer than this code. It is parked, with all that follow on {Stream}: {Reason}",
                    record.SequenceNumber,
                    command.Stream,
                    command.Malformed);
            }

            if (!byId.TryGetValue(command.Stream, out var work))
            {
                work = new StreamWork(command.Stream, domain.DeciderOf(command.Stream) ?? new UnknownStream(command.Stream.Category), domain.Events, source, parked, clock, logger);
                byId.Add(command.Stream, work);
                streams.Add(work);
            }

            work.Arrived.Add(command);
        }

        return (streams, unreadable);
    }

    private ArrivedCommand Parked(StreamId stream, string source, ParkedRecord record) => CommandDecoder.Parked(stream, source, record, domain);

    private async Task LoadAsync(List<StreamWork> streams, CancellationToken ct)
    {
        if (streams.Count == 0) return;
        var read = await tips.LoadAsync([.. streams.Select(stream => stream.Stream)], ct);
        var unfolded = new List<StreamWork>();
        foreach (var stream in streams)
        {
            stream.Take(read.GetValueOrDefault(stream.Stream));
            if (stream.NeedsFold) unfolded.Add(stream);
        }

        if (unfolded.Count > 0)
        {
            var histories = await reader.ReadAsync([.. unfolded.Select(stream => stream.Stream)], HistoryBounds.Everything, ct);
            foreach (var stream in unfolded) stream.Fold(histories.GetValueOrDefault(stream.Stream) ?? []);
        }
    }

    /// <summary>
    /// Finds what only the log still knows, with one query. Returns the events of commands that were decided earlier,
    /// to be published again. Also returns the outcomes of records that an earlier release passed over but crashed
    /// before it recorded them.
    /// </summary>
    private async Task<(IReadOnlyList<EventRecord> Again, IReadOnlyList<CommandOutcome> Former)> ShipAgainAsync(
        List<StreamWork> streams,
        CancellationToken ct)
    {
        List<EventRecord> again = [];
        List<ArrivedCommand> overwritten = [];
        List<StreamTip> inTip = [];
        // No batch delivers parked commands again, so each process publishes their events once.
        List<ArrivedCommand> forgotten = [];
        foreach (var stream in streams)
        {
            var isUnpublished = IsUnpublished(stream.Tip);
            stream.AddForgotten(forgotten);
            if (stream.DecidedBefore.Count == 0 && !isUnpublished) continue;
            var newest = stream.Tip!.Newest;
            var ids = newest.Outcomes.Select(outcome => outcome.CommandId).ToHashSet();
            var held = stream.DecidedBefore.Select(command => command.CommandId).Where(ids.Contains).ToHashSet();
            overwritten.AddRange(stream.DecidedBefore.Where(command => !held.Contains(command.CommandId)));
            again.AddRange(newest.Events.Where(e => isUnpublished || held.Contains(e.CommandId)));
            if (held.Count > 0 || isUnpublished) inTip.Add(stream.Tip);
        }

        if (inTip.Count > 0) await RescueAsync(inTip, ct);
        if (overwritten.Count + forgotten.Count == 0) return (again, []);

        List<CommandOutcome> former = [.. overwritten.Select(command => command.FormerOutcome).OfType<CommandOutcome>()];
        var found = await log.FindOutcomesAsync(
            [
                .. overwritten.Concat(forgotten)
                    .Select(command => new OutcomeQuery(command.Stream, command.CommandId, command.KeyId)),
                .. former.Select(outcome => new OutcomeQuery(outcome.Stream, outcome.CommandId, null)),
            ],
            ct);
        var byId = streams.ToDictionary(stream => stream.Stream);
        foreach (var outcome in found) byId[outcome.Stream].Learn(outcome);

        var outcomes = found.ToLookup(outcome => outcome.CommandId);
        var missing = overwritten.Where(command => !outcomes[command.CommandId].Any()).ToList();
        if (missing.Find(command => command.FormerOutcome is null) is { } lost)
            throw new LostOutcomeException(lost.Stream, lost.CommandId);
        var applied = overwritten.Where(command => outcomes[command.CommandId].Any(outcome => outcome.Status == CommandStatus.Applied)).Select(command => (command.Stream, command.CommandId)).ToHashSet();
        if (applied.Count > 0) again = [.. await log.FindEventsAsync(applied, ct), .. again];
        return (again, [.. missing.Select(command => command.FormerOutcome!).Where(outcome => !outcomes[outcome.CommandId].Any())]);
    }

    private bool IsUnpublished(StreamTip? tip) => tip is { IsResumed: true } && !_resumed.Has(tip);

    /// <summary>
    /// Appends the commits that would be overwritten, unless the log has acknowledged them to this process.
    /// </summary>
    private Task RescueAsync(List<TipCommit> commits, CancellationToken ct)
    {
        List<StreamTip>? unsure = null;
        foreach (var commit in commits)
            if (commit.Stream.Tip is { } tip && !_acknowledged.Has(tip)) (unsure ??= []).Add(tip);
        return unsure is null ? Task.CompletedTask : AppendAsync(unsure, [], ct);
    }

    private async Task RescueAsync(List<StreamTip> newest, CancellationToken ct)
    {
        newest.RemoveAll(_acknowledged.Has);
        if (newest.Count > 0) await AppendAsync(newest, [], ct);
    }

    private async Task CommitAsync(List<TipCommit> commits, CancellationToken ct)
    {
        if (commits is [var only])
        {
            await CommitAsync(only, ct);
            return;
        }

        await Parallel.ForEachAsync(
            commits,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelCommits, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
            CommitAsync);
    }

    private async ValueTask CommitAsync(TipCommit commit, CancellationToken ct)
    {
        if (!await tips.CommitAsync(commit.Next, commit.Stream.Tip, ct)) throw new StaleTipException(commit.Stream.Stream);
        commit.Stream.Committed(commit.Next);
    }

    private Task AppendAsync(List<TipCommit> commits, List<CommandOutcome> unreadable, CancellationToken ct) =>
        AppendAsync(commits.ConvertAll(commit => commit.Next), unreadable, ct);

    private async Task AppendAsync(List<StreamTip> committed, List<CommandOutcome> unreadable, CancellationToken ct)
    {
        if (committed.Count + unreadable.Count == 0) return;
        List<EventRecord> events = new(committed.Count);
        List<CommandOutcome> outcomes = new(unreadable.Count + committed.Count);
        outcomes.AddRange(unreadable);
        foreach (var tip in committed)
        {
            events.AddRange(tip.Newest.Events);
            outcomes.AddRange(tip.Newest.Outcomes);
        }

        await log.AppendAsync(events, outcomes, ct);
        foreach (var tip in committed) _acknowledged.Add(tip);
    }

    private Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct) =>
        events.Count == 0 ? Task.CompletedTask : publisher.PublishAsync(events, ct);

    /// <summary>The result of one round for one stream.</summary>
    private readonly record struct TipCommit(
        StreamWork Stream,
        StreamTip Next);
}
