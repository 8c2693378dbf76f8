using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>
/// Observes how far a read model is behind, from the outside: it compares what arrived in the log with the items. So a message that was lost shows as a lag that grows, where counting messages would show nothing.
/// The log's clock alone measures the lag. An event's time is another machine's, and may lie ahead.
/// </summary>
public sealed class SyncLag(ReadModel model, IEventHistory history, ILagWatermarks watermarks, ILagRecorder? recorder = null)
{
    /// <summary>An insert is stamped when it begins and seen when it ends; one that takes longer than this may be missed.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <summary>Arrivals asked for at once.</summary>
    public const int PageSize = 2_000;

    /// <summary>Bounds one observation on a log that nobody has observed before.</summary>
    private const int MaxPages = 20;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private DateTimeOffset? _watermark;

    /// <summary>The lag now. Costs at least one query of the log and one read of the items: remember it for a second or so.</summary>
    public async Task<LagReport> ObserveAsync(CancellationToken ct)
    {
        var start = _watermark ??= await watermarks.FindAsync(model.Name, ct) ?? DateTimeOffset.UnixEpoch;
        var seen = await LookAsync(start > DateTimeOffset.UnixEpoch + Overlap ? start - Overlap : DateTimeOffset.UnixEpoch, ct);

        var applied = seen.Oldest is { } unapplied ? unapplied.ArrivedAt - Tick : seen.Newest;
        if (applied > start)
        {
            if (recorder is not null) await recorder.RaiseAsync(model.Name, applied.Value, ct);
            _watermark = applied;
        }

        return seen.Oldest is { } oldest
            ? new LagReport(model.Name, Math.Max(0, (long)oldest.Age.TotalMilliseconds), seen.Behind.Count, oldest.Stream)
            : new LagReport(model.Name, 0, 0, null);
    }

    private async Task<Seen> LookAsync(DateTimeOffset after, CancellationToken ct)
    {
        var seen = new Seen();
        var limit = PageSize;
        for (var page = 1; ; page++)
        {
            var arrivals = await history.ReadArrivalsAsync(after, limit, ct);
            if (arrivals.Count == 0) return seen;
            await CompareAsync(arrivals, seen, ct);
            seen.Newest = arrivals[^1].ArrivedAt;
            if (arrivals.Count < limit) return seen;

            // rows of one insert arrive at the same time, and a page may end amid them: the next one begins with that time again
            var next = arrivals[^1].ArrivedAt - Tick;
            if (next <= after) limit *= 2;
            else after = next;
            if (page < MaxPages) continue;

            // what was not looked at counts as not applied: better a lag too large than none
            if (seen.Oldest is null) seen.Add(arrivals[^1]);
            return seen;
        }
    }

    private async Task CompareAsync(IReadOnlyList<Arrival> arrivals, Seen seen, CancellationToken ct)
    {
        Arrival[] ours = [.. arrivals.Where(arrival => model.Of(arrival.Stream.Category) is not null)];
        if (ours.Length == 0) return;
        var versions = await model.LoadVersionsAsync([.. ours.Select(arrival => arrival.Stream).Distinct()], ct);
        foreach (var arrival in ours)
            if (arrival.Version > versions.GetValueOrDefault(arrival.Stream)) seen.Add(arrival);
    }

    private sealed class Seen
    {
        public HashSet<StreamId> Behind { get; } = [];

        /// <summary>The unapplied event that arrived first.</summary>
        public Arrival? Oldest { get; private set; }

        public DateTimeOffset? Newest { get; set; }

        public void Add(Arrival unapplied)
        {
            Behind.Add(unapplied.Stream);
            if (Oldest is null || unapplied.ArrivedAt < Oldest.ArrivedAt) Oldest = unapplied;
        }
    }
}
