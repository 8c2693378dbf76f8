using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// Stores persons' keys in DynamoDB, one item per person: <c>key</c> (wrapped), or <c>erased</c> after the key was
/// destroyed. The table must not have point-in-time recovery, which could restore destroyed keys.
/// </summary>
public sealed class DynamoDbPersonKeys(IAmazonDynamoDB dynamo, string table) : IPersonKeys
{
    public async Task<PersonKey?> FindAsync(string person, CancellationToken ct)
    {
        var response = await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = Key(person), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? Read(person, item) : null;
    }

    public async Task<PersonKey> AddAsync(string person, byte[] wrapped, CancellationToken ct)
    {
        var item = Key(person);
        item["key"] = new AttributeValue { B = new MemoryStream(wrapped) };
        try
        {
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = item,
                    ConditionExpression = "attribute_not_exists(person)",
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                ct);
            return new PersonKey(wrapped);
        }
        catch (ConditionalCheckFailedException e)
        {
            return Read(person, e.Item);
        }
    }

    public Task EraseAsync(string person, CancellationToken ct)
    {
        var item = Key(person);
        item["erased"] = new AttributeValue { BOOL = true };
        return dynamo.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, ct);
    }

    private static PersonKey Read(string person, Dictionary<string, AttributeValue> item) =>
        item.ContainsKey("erased") ? new PersonKey(null)
        : item.TryGetValue("key", out var key) && key.B is { } wrapped ? new PersonKey(wrapped.ToArray())
        : throw new FormatException($"The key of '{person}' is neither stored nor erased.");

    private static Dictionary<string, AttributeValue> Key(string person) => new() { ["person"] = new AttributeValue(person) };
}
