using System.Runtime.CompilerServices;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// Every aggregate of one read model's category is the sum of what the items say they add; that each item is the fold is proven elsewhere. Items and aggregates are scanned one after the other, so that what is in motion may look wrong: what
/// does is scanned again before it is reported. Holds one sum an aggregate in memory.
/// </summary>
internal sealed class AggregateCheck(string model, IProjector follower, EntryCheck entries, TimeProvider time)
{
    private readonly Dictionary<StreamId, Contribution> _sums = [];

    /// <summary>The streams of all items, which are summed up on the way, and given to the check of entries.</summary>
    public async IAsyncEnumerable<StreamId> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in follower.ScanAsync(ct))
        {
            Sum(_sums, item.Adds);
            entries.Add(item);
            yield return item.Stream;
        }
    }

    /// <summary>After the scan: the aggregates that are not the sum.</summary>
    /// <param name="rechecks">How often what differs is scanned again, each time after <paramref name="pause"/>.</param>
    public async Task<IReadOnlyList<Difference>> RunAsync(int rechecks, TimeSpan pause, CancellationToken ct)
    {
        var differences = await CompareAsync(_sums, ct);
        for (var attempt = 1; differences.Count > 0 && attempt <= rechecks; attempt++)
        {
            await Task.Delay(pause, time, ct);
            var again = new Dictionary<StreamId, Contribution>();
            await foreach (var item in follower.ScanAsync(ct)) Sum(again, item.Adds);
            var still = (await CompareAsync(again, ct)).ToDictionary(difference => difference.Stream);
            differences = [.. differences.Where(difference => still.ContainsKey(difference.Stream)).Select(difference => still[difference.Stream])];
        }

        return differences;
    }

    private async Task<IReadOnlyList<Difference>> CompareAsync(Dictionary<StreamId, Contribution> sums, CancellationToken ct)
    {
        var aggregates = new Dictionary<StreamId, Contribution>();
        await foreach (var part in follower.ScanAggregatesAsync(ct)) Sum(aggregates, part);
        return
        [
            .. sums.Keys.Union(aggregates.Keys)
                .Select(about => (About: about, Paths: JsonDifference.Between(TextOf(aggregates, about), TextOf(sums, about), "aggregate", "items").ToList()))
                .Where(compared => compared.Paths.Count > 0)
                .Select(compared => new Difference(Differences.AggregateDiffers, compared.About, $"{model}: {string.Join("; ", compared.Paths)}")),
        ];
    }

    /// <summary>An aggregate that is not there is the sum of nothing.</summary>
    private static string TextOf(Dictionary<StreamId, Contribution> sums, StreamId about) =>
        (sums.GetValueOrDefault(about) ?? new Contribution(about, new Dictionary<string, decimal>())).Significant.Text;

    private static void Sum(Dictionary<StreamId, Contribution> sums, Contribution? one)
    {
        if (one is not null) sums[one.About] = sums.TryGetValue(one.About, out var sum) ? sum.Plus(one) : one;
    }
}
