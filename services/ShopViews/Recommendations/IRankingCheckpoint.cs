using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>Stores what the saved rankings were computed from.</summary>
public interface IRankingCheckpoint
{
    /// <summary>Returns null before the first ranking.</summary>
    Task<RankedHistory?> FindAsync(CancellationToken ct);

    Task SaveAsync(RankedHistory ranked, CancellationToken ct);
}

/// <summary>The part of the log from which rankings were computed.</summary>
/// <param name="Since">Orders that were confirmed at or after this time count.</param>
/// <param name="Mark">The position up to which the log was checked.</param>
public sealed record RankedHistory(
    DateTimeOffset Since,
    SalesMark Mark);

/// <summary>The checkpoint in memory, for tests.</summary>
public sealed class InMemoryRankingCheckpoint : IRankingCheckpoint
{
    private RankedHistory? _ranked;

    public Task<RankedHistory?> FindAsync(CancellationToken ct) => Task.FromResult(_ranked);

    public Task SaveAsync(RankedHistory ranked, CancellationToken ct)
    {
        _ranked = ranked;
        return Task.CompletedTask;
    }
}

/// <summary>
/// Stores the checkpoint as item <c>rankings</c> of the checkpoints' table, with times in milliseconds.
/// </summary>
public sealed class DynamoRankingCheckpoint(IAmazonDynamoDB db, string checkpointsTable) : IRankingCheckpoint
{
    private static Dictionary<string, AttributeValue> Key => new() { ["name"] = new("rankings") };

    public async Task<RankedHistory?> FindAsync(CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = Key, ConsistentRead = true }, ct);
        return answer.IsItemSet ? new RankedHistory(TimeOf("since"), new SalesMark(TimeOf("at"), (int)ItemReader.NumberOf(answer.Item, "rows"))) : null;

        DateTimeOffset TimeOf(string attribute) => DateTimeOffset.FromUnixTimeMilliseconds(ItemReader.NumberOf(answer.Item, attribute));
    }

    public Task SaveAsync(RankedHistory ranked, CancellationToken ct) => db.PutItemAsync(
        new PutItemRequest
        {
            TableName = checkpointsTable,
            Item = new(Key)
            {
                ["since"] = ItemReader.Number(ranked.Since.ToUnixTimeMilliseconds()),
                ["at"] = ItemReader.Number(ranked.Mark.At.ToUnixTimeMilliseconds()),
                ["rows"] = ItemReader.Number((long)ranked.Mark.Rows),
            },
        },
        ct);
}
