using System.Text.RegularExpressions;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operating.Building;

/// <summary>
/// Proves that a read model's items are the folds of their streams, and tells what the items of the version beside it say otherwise, while events flow into both: an item is held against the fold up to its own version, and two items
/// against each other where they are at the same.
/// </summary>
/// <param name="beside">Null for none.</param>
internal sealed partial class ReadModelComparison(ReadModel model, ReadModel? beside, IStreamIndex index, StreamReader reader, TimeProvider time)
{
    private const int PageStreams = 500;

    /// <summary>How often what is missing is looked for again: it may have come to be a moment ago.</summary>
    private const int Looks = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<ComparisonReport> RunAsync(Action<long> progress, CancellationToken ct)
    {
        var report = new ComparisonReport();
        foreach (var follower in model.Followers)
        {
            StreamId? after = null;
            while (true)
            {
                StreamId[] page = [.. (await index.ListAsync(new StreamRange(follower.Category, after), PageStreams, ct)).Select(one => one.Stream)];
                await CompareAsync(follower, page, report, ct);
                progress(report.Items);
                if (page.Length < PageStreams) break;
                after = page[^1];
            }
        }

        return report;
    }

    private async Task CompareAsync(IProjector follower, IReadOnlyList<StreamId> streams, ComparisonReport report, CancellationToken ct)
    {
        if (streams.Count == 0) return;
        var items = await LoadAsync(follower, streams, ct);
        var histories = await reader.ReadAsync(streams, HistoryBounds.Everything, ct);
        var others = beside?.Of(follower.Category) is { } other ? await other.LoadAsync(streams, ct) : new Dictionary<StreamId, ItemText>();
        foreach (var stream in streams)
        {
            var events = histories.GetValueOrDefault(stream) ?? [];
            var item = items.GetValueOrDefault(stream);
            report.Items++;
            if (item is null)
            {
                report.Missing++;
                continue;
            }

            if (item.Version < events[^1].Version) report.OnTheWay++;
            var fold = follower.Fold(events.TakeWhile(e => e.Version <= item.Version));
            if (item.Fault is { } fault) report.Differs(stream, fault.Message);
            else if (fold is null || fold.Text != item.Text) report.Differs(stream, string.Join("; ", JsonDifference.Between(item.Text, fold?.Text ?? "{}", "item", "fold").DefaultIfEmpty("the same, written otherwise")));
            if (!others.TryGetValue(stream, out var otherItem) || otherItem.Version != item.Version || otherItem.Fault is not null) continue;
            foreach (var change in JsonChanges.Between(otherItem.Text, item.Text).Select(KindOf).Distinct()) report.Beside(change);
        }
    }

    /// <summary>Each stream's item; what is missing is looked for again.</summary>
    private async Task<Dictionary<StreamId, ItemText>> LoadAsync(IProjector follower, IReadOnlyList<StreamId> streams, CancellationToken ct)
    {
        var items = (await follower.LoadAsync(streams, ct)).ToDictionary();
        for (var look = 1; items.Count < streams.Count && look < Looks; look++)
        {
            await Task.Delay(Pause, time, ct);
            foreach (var (stream, item) in await follower.LoadAsync([.. streams.Where(stream => !items.ContainsKey(stream))], ct)) items[stream] = item;
        }

        return items;
    }

    private static string KindOf(JsonChange change) =>
        $"{Indexes().Replace(change.Path, "[]")} {(change.Before is null ? "is new" : change.After is null ? "is gone" : "says something else")}";

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Indexes();
}

/// <summary>What a comparison found.</summary>
internal sealed class ComparisonReport
{
    /// <summary>So many items tell what is wrong; the rest is a number.</summary>
    private const int Kept = 20;

    private readonly List<(StreamId Stream, string Text)> _differing = [];
    private readonly SortedDictionary<string, long> _beside = new(StringComparer.Ordinal);

    /// <summary>How many there should be: one for each stream.</summary>
    public long Items { get; set; }

    /// <summary>Streams without an item, after some seconds.</summary>
    public long Missing { get; set; }

    /// <summary>Items that lack their streams' newest events.</summary>
    public long OnTheWay { get; set; }

    /// <summary>Items that are not the fold of the events up to their version.</summary>
    public long Differing { get; private set; }

    /// <summary>The first of them, and how they differ.</summary>
    public IReadOnlyList<(StreamId Stream, string Text)> First => _differing;

    /// <summary>What is otherwise than in the version beside it, and in how many items.</summary>
    public IReadOnlyDictionary<string, long> BesideIt => _beside;

    public bool IsClean => Missing + Differing == 0;

    public void Differs(StreamId stream, string text)
    {
        if (++Differing <= Kept) _differing.Add((stream, text));
    }

    public void Beside(string change) => _beside[change] = _beside.GetValueOrDefault(change) + 1;
}
