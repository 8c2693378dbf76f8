using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using static ServerlessCqrs.Projections.Dynamo.ItemReader;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>
/// Stores an aggregate as attributes of the item that it is about: <c>sum:{name}</c> per sum, and <c>latest</c>. That
/// item may also be a stream's own, and then keeps them in all its saves.
/// </summary>
public static class DynamoAggregates
{
    private const string Latest = "latest";

    private const string Sum = "sum:";

    /// <summary>Returns the attribute of a sum.</summary>
    public static string SumOf(string name) => $"{Sum}{name}";

    /// <summary>
    /// Returns the writes that add the difference. A latest value that is not greater than the stored one is dropped.
    /// </summary>
    public static IReadOnlyList<WriteBeside> Add(string table, Contribution difference)
    {
        if (difference.Sums.Count == 0 && difference.Latest is null) return [];
        var update = new Update { TableName = table, Key = KeyOf(difference.About), ExpressionAttributeNames = [], ExpressionAttributeValues = [] };
        List<string> sums = [];
        foreach (var (name, sum) in difference.Sums)
        {
            update.ExpressionAttributeNames[$"#s{sums.Count}"] = SumOf(name);
            update.ExpressionAttributeValues[$":s{sums.Count}"] = Number(sum);
            sums.Add($"#s{sums.Count} :s{sums.Count}");
        }

        if (sums.Count > 0) update.UpdateExpression = $"ADD {string.Join(", ", sums)}";
        if (difference.Latest is not { } latest) return [new WriteBeside(new TransactWriteItem { Update = update })];
        update.UpdateExpression += " SET #latest = :latest";
        update.ConditionExpression = "attribute_not_exists(#latest) OR #latest < :latest";
        update.ExpressionAttributeNames["#latest"] = Latest;
        update.ExpressionAttributeValues[":latest"] = new(latest);
        return [new WriteBeside(new TransactWriteItem { Update = update }, Otherwise: Add(table, difference with { Latest = null }))];
    }

    /// <summary>Returns the aggregate on this item, or null if there is none.</summary>
    public static Contribution? Read(Dictionary<string, AttributeValue> item)
    {
        var sums = item.Where(attribute => attribute.Key.StartsWith(Sum, StringComparison.Ordinal)).ToDictionary(
            attribute => attribute.Key[Sum.Length..],
            attribute => decimal.Parse(attribute.Value.N, NumberStyles.Float, CultureInfo.InvariantCulture));
        var latest = item.GetValueOrDefault(Latest)?.S;
        return sums.Count == 0 && latest is null ? null : new Contribution(StreamOf(item), sums, latest);
    }

    /// <summary>Streams all aggregates of the table.</summary>
    public static async IAsyncEnumerable<Contribution> ScanAsync(ItemReader items, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in items.ScanAsync("attribute_exists(#stream)", new() { ["#stream"] = "stream" }, null, ct))
            if (Read(item) is { } aggregate) yield return aggregate;
    }
}
