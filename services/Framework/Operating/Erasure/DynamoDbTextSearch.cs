using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Operating.Erasure;

/// <summary>Searches every attribute of every item of tables.</summary>
/// <param name="tables">The DynamoDB names of the tables by their topology names.</param>
internal sealed class DynamoDbTextSearch(IAmazonDynamoDB dynamo, IReadOnlyDictionary<string, string> tables) : ITextSearch
{
    public async Task<IReadOnlyList<TextFinding>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        var needles = StoredForms.Of(texts);
        List<TextFinding> findings = [];
        foreach (var (name, table) in tables.OrderBy(table => table.Key, StringComparer.Ordinal)) findings.Add(await FindAsync(name, table, needles, ct));
        return findings;
    }

    private async Task<TextFinding> FindAsync(string name, string table, string[] needles, CancellationToken ct)
    {
        var (searched, found) = (0L, 0L);
        var scan = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var page = await dynamo.ScanAsync(scan, ct);
            searched += page.Items?.Count ?? 0;
            found += (page.Items ?? []).Count(item => item.Values.Any(value => Has(value, needles)));
            scan.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });
        return new TextFinding($"table {name}", searched, found);
    }

    private static bool Has(AttributeValue value, string[] needles) =>
        (value.S is { } text && needles.Any(needle => text.Contains(needle, StringComparison.Ordinal)))
        || (value.SS?.Any(one => needles.Any(needle => one.Contains(needle, StringComparison.Ordinal))) ?? false)
        || (value.L?.Any(one => Has(one, needles)) ?? false)
        || (value.M?.Values.Any(one => Has(one, needles)) ?? false);
}
