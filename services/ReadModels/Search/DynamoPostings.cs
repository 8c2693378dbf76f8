using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.ReadModels.Dynamo;

namespace ServerlessCqrs.ReadModels.Search;

/// <summary>The table of words.</summary>
internal sealed class DynamoPostings(IAmazonDynamoDB db, string table)
{
    /// <summary>
    /// What answers a query's word, and whether some of it was cut off. One call: a page of 1 MB has some 10,000 postings. Those of the word itself come first, by place, and then the words that begin with it: these are what is cut off.
    /// </summary>
    public async Task<(IReadOnlyList<Posting> Postings, bool IsPartial)> ReadAsync(string asked, ReadMeter meter, CancellationToken ct)
    {
        var answer = await db.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "#beginning = :partition AND begins_with(#posting, :beginning)",
                ExpressionAttributeNames = new() { ["#beginning"] = "beginning", ["#posting"] = "posting" },
                ExpressionAttributeValues = new() { [":partition"] = new(Posting.PartitionOf(asked)), [":beginning"] = new(Posting.BeginningOf(asked)) },
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            ct);
        meter.Add(answer.ConsumedCapacity);
        return ([.. (answer.Items ?? []).Select(Posting.Read)], answer.LastEvaluatedKey is { Count: > 0 });
    }

    /// <summary>Every posting, in no order.</summary>
    public async IAsyncEnumerable<Posting> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var page = await db.ScanAsync(request, ct);
            foreach (var item in page.Items ?? []) yield return Posting.Read(item);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    public WriteBeside Put(Posting posting) => new(new TransactWriteItem { Put = new Put { TableName = table, Item = posting.Write() } });

    public WriteBeside Delete(string word, WordPlace place, Guid product) => new(new TransactWriteItem { Delete = new Delete { TableName = table, Key = Posting.KeyOf(word, place, product) } });
}
