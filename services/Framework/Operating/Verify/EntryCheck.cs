using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// The index entries of one read model's category are those that its items name: none is missing, none is stray, none has other content. That each item is the fold is proven elsewhere.
/// Holds 16 bytes a stream in memory, and the entries of the streams that look wrong. Items and entries are scanned one after the other, so these are read again before they are reported.
/// </summary>
internal sealed class EntryCheck(string model, IProjector follower, TimeProvider time)
{
    /// <summary>When the entries of more streams differ, the first tell what is wrong.</summary>
    private const int MostExplained = 1_000;

    private const int Chunk = 100;

    private const int ShownEntries = 3;

    // Of each stream the digests of its entries, added up: the same for the same entries in any order.
    private readonly Dictionary<StreamId, UInt128> _named = [];

    /// <summary>Takes an item on the way of a scan.</summary>
    public void Add(ItemText item)
    {
        foreach (var entry in item.Entries) Add(_named, entry);
    }

    /// <summary>After the scan of all items: the streams whose entries differ.</summary>
    /// <param name="rechecks">How often what differs is read again, each time after <paramref name="pause"/>.</param>
    public async Task<IReadOnlyList<Difference>> RunAsync(int rechecks, TimeSpan pause, CancellationToken ct)
    {
        var stored = new Dictionary<StreamId, UInt128>();
        await foreach (var entry in follower.ScanEntriesAsync(ct)) Add(stored, entry);
        List<StreamId> suspects = [.. _named.Keys.Union(stored.Keys).Where(stream => _named.GetValueOrDefault(stream) != stored.GetValueOrDefault(stream))];
        if (suspects.Count == 0) return [];
        IReadOnlyList<Difference> unexplained = [.. suspects.Skip(MostExplained).Select(stream => new Difference(Differences.IndexDiffers, stream, $"{model}: its index entries are not those of its item"))];
        IReadOnlyList<Difference> differences = [];
        suspects = [.. suspects.Take(MostExplained)];
        for (var attempt = 1; suspects.Count > 0 && attempt <= rechecks; attempt++)
        {
            await Task.Delay(pause, time, ct);
            differences = await CompareAsync(suspects, ct);
            suspects = [.. differences.Select(difference => difference.Stream)];
        }

        return [.. differences, .. unexplained];
    }

    private async Task<IReadOnlyList<Difference>> CompareAsync(IReadOnlyCollection<StreamId> suspects, CancellationToken ct)
    {
        var stored = suspects.ToDictionary(stream => stream, _ => new List<IndexEntry>());
        await foreach (var entry in follower.ScanEntriesAsync(ct)) stored.GetValueOrDefault(entry.Stream)?.Add(entry);
        List<Difference> differences = [];
        foreach (var chunk in suspects.Chunk(Chunk))
        {
            var items = await follower.LoadAsync(chunk, ct);
            foreach (var stream in chunk)
            {
                List<string> wrong = [.. Between(items.GetValueOrDefault(stream)?.Entries ?? [], stored[stream])];
                if (wrong.Count > 0) differences.Add(new Difference(Differences.IndexDiffers, stream, $"{model}: {string.Join("; ", wrong.Take(ShownEntries))}{(wrong.Count > ShownEntries ? $"; and {wrong.Count - ShownEntries} more" : "")}"));
            }
        }

        return differences;
    }

    private static IEnumerable<string> Between(IEnumerable<IndexEntry> named, IEnumerable<IndexEntry> stored)
    {
        var (should, have) = (named.ToDictionary(entry => entry.Key, entry => entry.Content), stored.ToDictionary(entry => entry.Key, entry => entry.Content));
        foreach (var (key, content) in should.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!have.Remove(key, out var other)) yield return $"{key} is missing";
            else if (other != content) yield return $"{key} says {other}, and should say {content}";
        }

        foreach (var key in have.Keys.Order(StringComparer.Ordinal)) yield return $"{key} is stray";
    }

    private static void Add(Dictionary<StreamId, UInt128> digests, IndexEntry entry)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Key}\n{entry.Content}"), hash);
        digests[entry.Stream] = unchecked(digests.GetValueOrDefault(entry.Stream) + new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..])));
    }
}
