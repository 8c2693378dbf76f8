using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>
/// What the row of one stream adds to an aggregate that many streams feed, as a review's stars to a product's rating. The store keeps it with the row and adds only the difference to what the row has added before, in the transaction
/// that writes the row: so an aggregate is at every instant the sum of its rows, whatever came twice, late or never. Equal where the text is.
/// </summary>
/// <param name="About">Whose aggregate it is; its key in the rows' own table.</param>
/// <param name="Sums">By name. Who names a sum once names it ever after, be it 0: then the same rows make the same aggregate, byte for byte, whatever way they came.</param>
/// <param name="Latest">Of all rows' the greatest is kept, in ordinal order. It only rises: a row cannot take back what it once gave.</param>
public sealed record Contribution(
    StreamId About,
    IReadOnlyDictionary<string, decimal> Sums,
    string? Latest = null)
{
    /// <summary>Canonical JSON, names in ordinal order.</summary>
    public string Text => Write();

    /// <summary>The same without what is 0: what there is to compare where rows have been taken away.</summary>
    public Contribution Significant => this with { Sums = Sums.Where(sum => sum.Value != 0).ToDictionary() };

    /// <exception cref="FormatException">It is no contribution's text.</exception>
    public static Contribution Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return new Contribution(
                StreamId.Parse(json.RootElement.GetProperty("about").GetString()!),
                json.RootElement.GetProperty("sums").EnumerateObject().ToDictionary(sum => sum.Name, sum => sum.Value.GetDecimal()),
                json.RootElement.TryGetProperty("latest", out var latest) ? latest.GetString() : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"Not a contribution: {e.Message}", e);
        }
    }

    /// <summary>What is to be added where a row added <paramref name="before"/> and shall have added <paramref name="after"/>: for each aggregate that changes, its part.</summary>
    public static IReadOnlyList<Contribution> Difference(Contribution? before, Contribution? after)
    {
        if (before is null && after is null) return [];
        if (before is not null && after is not null && before.About != after.About) return [.. Difference(before, null), .. Difference(null, after)];
        var (old, sums) = (before?.Sums ?? new Dictionary<string, decimal>(), new Dictionary<string, decimal>(after?.Sums ?? new Dictionary<string, decimal>()));
        foreach (var (name, sum) in old) sums[name] = sums.GetValueOrDefault(name) - sum;
        var difference = new Contribution(
            (after ?? before)!.About,
            sums.Where(sum => sum.Value != 0 || !old.ContainsKey(sum.Key)).ToDictionary(),
            after?.Latest == before?.Latest ? null : after?.Latest);
        return difference.Sums.Count == 0 && difference.Latest is null ? [] : [difference];
    }

    /// <summary>Both together.</summary>
    public Contribution Plus(Contribution other)
    {
        var sums = Sums.ToDictionary();
        foreach (var (name, sum) in other.Sums) sums[name] = sums.GetValueOrDefault(name) + sum;
        return new Contribution(About, sums, string.CompareOrdinal(Latest, other.Latest) >= 0 ? Latest : other.Latest);
    }

    public bool Equals(Contribution? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private string Write()
    {
        using var buffer = new MemoryStream(128);
        // With the default escapes: a save compares this text with the one that was stored, which may be older than this code.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("about", About.ToString());
            json.WriteStartObject("sums");
            foreach (var (name, sum) in Sums.OrderBy(sum => sum.Key, StringComparer.Ordinal)) json.WriteNumber(name, WithoutTrailingZeros(sum));
            json.WriteEndObject();
            if (Latest is not null) json.WriteString("latest", Latest);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>80.00 is 80, as DynamoDB has it.</summary>
    private static decimal WithoutTrailingZeros(decimal number) => number / 1.0000000000000000000000000000m;
}
