using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>Creates DynamoDB tables with their indexes and time to live, and returns when all are active.</summary>
internal sealed class TableCreation(IAmazonDynamoDB dynamoDb)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task CreateAsync(IReadOnlyList<Table> tables, CancellationToken ct)
    {
        foreach (var table in tables)
            await CreateAsync(table, ct);
    }

    private async Task CreateAsync(Table table, CancellationToken ct)
    {
        try
        {
            await dynamoDb.CreateTableAsync(Request(table), ct);
        }
        catch (ResourceInUseException)
        {
            // It already exists.
        }

        while ((await dynamoDb.DescribeTableAsync(table.Name, ct)).Table.TableStatus != TableStatus.ACTIVE)
            await Task.Delay(Look, ct);
        if (table.ExpiresAt is { } attribute)
            await ExpireAsync(table.Name, attribute, ct);
    }

    /// <summary>Enables time to live if it is not enabled: DynamoDB refuses to enable it twice.</summary>
    private async Task ExpireAsync(string table, string attribute, CancellationToken ct)
    {
        var now = await dynamoDb.DescribeTimeToLiveAsync(table, ct);
        var status = now.TimeToLiveDescription?.TimeToLiveStatus;
        if (status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING)
            return;
        await dynamoDb.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest
            {
                TableName = table,
                TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = attribute, Enabled = true },
            },
            ct);
    }

    private static CreateTableRequest Request(Table table)
    {
        var indexes = table.Indexes ?? [];
        KeyAttribute[] keys =
        [
            table.PartitionKey,
            .. table.SortKey is { } sort ? [sort] : Array.Empty<KeyAttribute>(),
            .. indexes.SelectMany(index => new[] { index.PartitionKey, index.SortKey }),
        ];
        return new CreateTableRequest
        {
            TableName = table.Name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [.. keys.DistinctBy(key => key.Name).Select(key => new AttributeDefinition(key.Name, key.Type))],
            KeySchema = Schema(table.PartitionKey, table.SortKey),
            GlobalSecondaryIndexes = indexes.Count == 0 ? null : [.. indexes.Select(Index)],
        };
    }

    private static GlobalSecondaryIndex Index(TableIndex index) => new()
    {
        IndexName = index.Name,
        KeySchema = Schema(index.PartitionKey, index.SortKey),
        Projection = index.Projected.Count == 0
            ? new Projection { ProjectionType = ProjectionType.KEYS_ONLY }
            : new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [.. index.Projected] },
    };

    private static List<KeySchemaElement> Schema(KeyAttribute partition, KeyAttribute? sort) => sort is null
        ? [new(partition.Name, KeyType.HASH)]
        : [new(partition.Name, KeyType.HASH), new(sort.Name, KeyType.RANGE)];
}
