using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.ReadModels.Dynamo;
using ServerlessCqrs.Shop;
using static ServerlessCqrs.ReadModels.Dynamo.ItemReader;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>
/// The products, version 1: a table by stream, with an index for each order of the lists. Only a product that lists show has the indexes' attributes: a tombstone leaves the lists by having none.
/// </summary>
public sealed class DynamoProductsV1(IAmazonDynamoDB db, string table, KnownCategories categories, TimeProvider? clock = null) : IReadModel<ProductDocument>, IProductCatalogue
{
    /// <summary>The read model's name.</summary>
    public const string ReadModelName = "products-v1";

    private readonly ItemReader _items = new(db, table, clock ?? TimeProvider.System);
    private readonly DynamoProductLists _lists = new(db, table, categories);

    public string Name => ReadModelName;

    public async Task<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await _items.LoadAsync(streams, ["stream", "version", "at", "doc"], ct)).Select(Read).ToDictionary(item => item.Stream);

    public async Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, long readVersion, CancellationToken ct)
    {
        if (item.Document is { } document && document.IsListed()) await categories.AddAsync(document.Category, ct);
        var put = new PutItemRequest
        {
            TableName = table,
            Item = Write(item),
            ConditionExpression = readVersion == 0 ? "attribute_not_exists(#version)" : "#version = :read",
            ExpressionAttributeNames = new() { ["#version"] = "version" },
            ExpressionAttributeValues = readVersion == 0 ? null : new() { [":read"] = Number(readVersion) },
        };
        try
        {
            await db.PutItemAsync(put, ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<ReadModelItem<ProductDocument>> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in _items.ScanAsync(ct)) yield return Read(item);
    }

    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct) => _lists.BrowseAsync(query, ct);

    private static ReadModelItem<ProductDocument> Read(Dictionary<string, AttributeValue> item)
    {
        var (stream, version) = (StreamOf(item), NumberOf(item, "version"));
        try
        {
            return new(
                stream,
                version,
                item.TryGetValue("doc", out var doc) ? ProductJson.ReadDocument(doc.S) : null,
                DateTimeOffset.FromUnixTimeMilliseconds(NumberOf(item, "at")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return new(stream, version, null, default) { Fault = new FormatException($"The item of {stream} in {ReadModelName} cannot be read: {e.Message}", e) };
        }
    }

    private static Dictionary<string, AttributeValue> Write(ReadModelItem<ProductDocument> item)
    {
        var attributes = KeyOf(item.Stream);
        attributes["version"] = Number(item.Version);
        attributes["at"] = Number(item.At.ToUnixTimeMilliseconds());
        if (item.Document is not { } document) return attributes;
        attributes["doc"] = new(ProductJson.Write(document));
        if (!document.IsListed()) return attributes;
        attributes["category"] = new(document.Category);
        attributes["priceKey"] = new(ProductKeys.Of(ProductSort.Price, document));
        attributes["nameKey"] = new(ProductKeys.Of(ProductSort.Name, document));
        attributes["newestKey"] = new(ProductKeys.Of(ProductSort.Newest, document));
        attributes["summary"] = new(ProductJson.Write(document.Summarize()));
        return attributes;
    }
}
