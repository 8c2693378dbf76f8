using System.Text;
using System.Text.Json;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels;

/// <summary>
/// What the row of one stream adds to an aggregate that many streams feed, as a review's stars to a product's rating. The store keeps it with the row and adds only the difference to what the row has added before, in the transaction
/// that writes the row: so an aggregate is at every instant the sum of its rows, whatever came twice, late or never. Equal where the text is.
/// </summary>
/// <param name="About">Whose aggregate it is; its key in the rows' own table.</param>
/// <param name="Sums">By name; a sum that is missing is 0.</param>
/// <param name="Latest">Of all rows' the greatest is kept, in ordinal order. It only rises: a row cannot take back what it once gave.</param>
public sealed record Contribution(
    StreamId About,
    IReadOnlyDictionary<string, decimal> Sums,
    string? Latest = null)
{
    /// <summary>Canonical JSON: names in ordinal order, no sum that is 0.</summary>
    public string Text => Write();

    /// <summary>Whether it changes nothing.</summary>
    public bool IsNothing => Latest is null && Sums.Values.All(sum => sum == 0);

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
        var sums = new Dictionary<string, decimal>(after?.Sums ?? new Dictionary<string, decimal>());
        foreach (var (name, sum) in before?.Sums ?? new Dictionary<string, decimal>()) sums[name] = sums.GetValueOrDefault(name) - sum;
        var difference = new Contribution((after ?? before)!.About, sums.Where(sum => sum.Value != 0).ToDictionary(), after?.Latest == before?.Latest ? null : after?.Latest);
        return difference.IsNothing ? [] : [difference];
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
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("about", About.ToString());
            json.WriteStartObject("sums");
            foreach (var (name, sum) in Sums.Where(sum => sum.Value != 0).OrderBy(sum => sum.Key, StringComparer.Ordinal)) json.WriteNumber(name, WithoutTrailingZeros(sum));
            json.WriteEndObject();
            if (Latest is not null) json.WriteString("latest", Latest);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>80.00 is 80, as DynamoDB has it.</summary>
    private static decimal WithoutTrailingZeros(decimal number) => number / 1.0000000000000000000000000000m;
}
