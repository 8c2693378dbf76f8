using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>
/// What one stream's row adds to an aggregate of many streams, for example a review's stars to a product's rating. The
/// store keeps the contribution with the row. When the row changes, one transaction writes the row and adds only the
/// difference to the aggregate. So an aggregate is always the sum of its rows, despite duplicate, late or lost
/// messages. Two contributions are equal if their texts are.
/// </summary>
/// <param name="About">The stream of the aggregate, which is its key in the rows' table.</param>
/// <param name="Sums">The sums by name. A row must always name the same sums, even those that are 0. Then the same rows
/// give the same bytes of the aggregate, in any order of messages.</param>
/// <param name="Latest">The aggregate keeps the greatest value of all rows, in ordinal order. It only grows: a row
/// cannot take its value back.</param>
public sealed record Contribution(
    StreamId About,
    IReadOnlyDictionary<string, decimal> Sums,
    string? Latest = null)
{
    /// <summary>Canonical JSON with names in ordinal order.</summary>
    public string Text => Write();

    /// <summary>The contribution without sums of 0, for comparisons after rows were removed.</summary>
    public Contribution Significant => this with { Sums = Sums.Where(sum => sum.Value != 0).ToDictionary() };

    /// <exception cref="FormatException">The text is not a contribution.</exception>
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

    /// <summary>
    /// Returns what to add to each aggregate when a row's contribution changes from <paramref name="before"/> to
    /// <paramref name="after"/>.
    /// </summary>
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

    /// <summary>Returns the sum of both contributions.</summary>
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
        // Uses the default escapes. A save compares this text with the stored one, which older code may have written.
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

    /// <summary>Turns 80.00 into 80, as DynamoDB does.</summary>
    private static decimal WithoutTrailingZeros(decimal number) => number / 1.0000000000000000000000000000m;
}
