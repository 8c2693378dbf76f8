using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>
/// Measures a read model's lag from the outside, by comparing the arrivals in the log with the items. So a lost message
/// shows as a growing lag, which counting messages would not show. Only the log's clock measures the lag. An event's
/// time comes from another machine, and may be in the future.
/// </summary>
public sealed class SyncLag(ReadModel model, IEventHistory history, ILagWatermarks watermarks, ILagRecorder? recorder = null)
{
    /// <summary>
    /// An insert gets its time at its start and is visible at its end. An insert that takes longer than this may be
    /// missed.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <summary>The number of arrivals per query.</summary>
    public const int PageSize = 2_000;

    /// <summary>Limits one observation of a log without a watermark.</summary>
    private const int MaxPages = 20;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private DateTimeOffset? _watermark;

    /// <summary>
    /// Returns the current lag. It costs at least one query of the log and one read of items, so cache it for a second.
    /// </summary>
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

            // The rows of one insert arrive at the same time, and a page may end among them. So the next page starts
            // with that time again.
            var next = arrivals[^1].ArrivedAt - Tick;
            if (next <= after) limit *= 2;
            else after = next;
            if (page < MaxPages) continue;

            // Unchecked arrivals count as unapplied: a lag that is too large is better than none.
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
