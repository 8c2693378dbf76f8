using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>DynamoDB behind a faulty client library.</summary>
internal class WrappedDynamoDb(IAmazonDynamoDB inner) : AmazonDynamoDBClient(new AnonymousAWSCredentials(), new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:9" })
{
    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => inner.GetItemAsync(request, cancellationToken);

    public override Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) => inner.BatchGetItemAsync(request, cancellationToken);

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) => inner.PutItemAsync(request, cancellationToken);

    public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) => inner.UpdateItemAsync(request, cancellationToken);

    public override Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default) => inner.TransactWriteItemsAsync(request, cancellationToken);

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) => inner.QueryAsync(request, cancellationToken);

    public override Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default) => inner.ScanAsync(request, cancellationToken);
}

/// <summary>Treats keys that a batch left unprocessed as missing items.</summary>
internal sealed class ForgetfulBatches(IAmazonDynamoDB inner) : WrappedDynamoDb(inner)
{
    public override async Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await base.BatchGetItemAsync(request, cancellationToken);
        answer.UnprocessedKeys = [];
        return answer;
    }
}

/// <summary>Requests a key as often as it is named.</summary>
internal sealed class RepetitiveBatches(IAmazonDynamoDB inner) : WrappedDynamoDb(inner)
{
    public override Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        foreach (var (_, wanted) in request.RequestItems) wanted.Keys = [.. wanted.Keys, wanted.Keys[0]];
        return base.BatchGetItemAsync(request, cancellationToken);
    }
}

/// <summary>Treats the first page as the whole result.</summary>
internal sealed class FirstPages(IAmazonDynamoDB inner) : WrappedDynamoDb(inner)
{
    public override async Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await base.QueryAsync(request, cancellationToken);
        answer.LastEvaluatedKey = null;
        return answer;
    }
}

/// <summary>Requests the first page instead of the next one.</summary>
internal sealed class SamePages(IAmazonDynamoDB inner) : WrappedDynamoDb(inner)
{
    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        request.ExclusiveStartKey = null;
        return base.QueryAsync(request, cancellationToken);
    }
}

/// <summary>Treats a write as done that a hot partition of an index refused.</summary>
internal sealed class DeafWrites(IAmazonDynamoDB inner) : WrappedDynamoDb(inner)
{
    public override async Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.UpdateItemAsync(request, cancellationToken);
        }
        catch (ProvisionedThroughputExceededException e) when (e.Message.Contains("index", StringComparison.Ordinal))
        {
            return new UpdateItemResponse();
        }
    }
}

/// <summary>Treats a transaction as done that was cancelled by throttling.</summary>
internal sealed class DeafTransactions(IAmazonDynamoDB inner) : WrappedDynamoDb(inner)
{
    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.TransactWriteItemsAsync(request, cancellationToken);
        }
        catch (TransactionCanceledException e) when (e.CancellationReasons.Exists(reason => reason.Code == "ThrottlingError"))
        {
            return new TransactWriteItemsResponse();
        }
    }
}
