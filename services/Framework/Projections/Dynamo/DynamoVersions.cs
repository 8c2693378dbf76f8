using Amazon.DynamoDBv2;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>Reads the versions of the items in any read model's table.</summary>
public sealed class DynamoVersions(IAmazonDynamoDB db, string table, DynamoPauses? pauses = null) : IReadModelVersions
{
    private readonly ItemReader _items = new(db, table, pauses ?? DynamoPauses.Usual);

    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await _items.LoadAsync(streams, ["stream", "version"], ct))
            .Where(ItemReader.HasVersion)
            .ToDictionary(ItemReader.StreamOf, item => ItemReader.NumberOf(item, "version"));
}
