using System.Text;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Operating.Erasure;

/// <summary>
/// Searches the decoded tips of the streams. The stored tips are compressed, so a text search of their table finds
/// nothing.
/// </summary>
/// <param name="where">The name of the place in the finding.</param>
internal sealed class TipTextSearch(IStreamTips tips, string where) : ITextSearch
{
    public async Task<IReadOnlyList<TextFinding>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        var needles = StoredForms.Of(texts);
        var (searched, found) = (0L, 0L);
        await foreach (var tip in tips.ScanAsync(ct))
        {
            searched++;
            if (TextsOf(tip).Any(held => needles.Any(needle => held.Contains(needle, StringComparison.Ordinal)))) found++;
        }

        return [new TextFinding(where, searched, found)];
    }

    private static IEnumerable<string> TextsOf(StreamTip tip) =>
    [
        tip.State,
        .. tip.Newest.Events.Select(e => e.Data),
        .. tip.Newest.Outcomes.SelectMany(outcome => new[] { outcome.CommandData, outcome.Reason }).OfType<string>(),
        .. tip.Parked.Select(record => Encoding.UTF8.GetString(record.Data.Span)),
    ];
}
