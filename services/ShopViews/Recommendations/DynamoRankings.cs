using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>
/// Stores rankings in their own table, one item each, with the key attribute <paramref name="keyName"/>.
/// </summary>
public sealed class DynamoRankings(IAmazonDynamoDB db, string table, string keyName) : IRankings
{
    private const string Products = "products";

    public async Task<IReadOnlyList<RankedProduct>> FindAsync(string key, CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = table, Key = KeyOf(key) }, ct);
        return answer.IsItemSet ? Read(answer.Item).Products : [];
    }

    public async IAsyncEnumerable<Ranking> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = table };
        do
        {
            var page = await db.ScanAsync(request, ct);
            foreach (var item in page.Items ?? []) yield return Read(item);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    public Task SaveAsync(Ranking ranking, CancellationToken ct) => db.PutItemAsync(
        new PutItemRequest
        {
            TableName = table,
            Item = new(KeyOf(ranking.Key)) { [Products] = new(PlainJson.Write(ranking.Products, RankingJson.Default.IReadOnlyListRankedProduct)) },
        },
        ct);

    public Task DeleteAsync(string key, CancellationToken ct) => db.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = KeyOf(key) }, ct);

    private Dictionary<string, AttributeValue> KeyOf(string key) => new() { [keyName] = new(key) };

    private Ranking Read(Dictionary<string, AttributeValue> item) => new(item[keyName].S, JsonSerializer.Deserialize(item[Products].S, RankingJson.Default.IReadOnlyListRankedProduct)!);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<RankedProduct>))]
internal sealed partial class RankingJson : JsonSerializerContext;
