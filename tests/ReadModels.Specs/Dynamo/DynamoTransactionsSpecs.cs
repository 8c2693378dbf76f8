using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.ReadModels.Specs.Dynamo;

public sealed class DynamoTransactionsSpecs
{
    private static readonly Update Item = new() { TableName = "products" };

    private static readonly WriteBeside Word = new(new TransactWriteItem { Put = new Put { TableName = "words" } });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ThrottlingError")]
    [InlineData("ProvisionedThroughputExceeded")]
    [InlineData("TransactionConflict")]
    public async Task A_transaction_that_is_throttled_or_meets_another_is_retried(string reason)
    {
        using var db = new Cancelling(2, "None", reason);

        Assert.True(await Of(db).WriteAsync(Item, [Word], Ct));
        Assert.Equal(3, db.Calls);
    }

    [Fact]
    public async Task A_transaction_whose_item_changed_meanwhile_is_not_retried()
    {
        using var db = new Cancelling(1, "ConditionalCheckFailed", "ThrottlingError");

        Assert.False(await Of(db).WriteAsync(Item, [Word], Ct));
        Assert.Equal(1, db.Calls);
    }

    [Fact]
    public async Task A_transaction_that_is_invalid_fails_at_once()
    {
        using var db = new Cancelling(1, "None", "ValidationError");

        await Assert.ThrowsAsync<TransactionCanceledException>(() => Of(db).WriteAsync(Item, [Word], Ct));
        Assert.Equal(1, db.Calls);
    }

    [Fact]
    public async Task A_transaction_that_is_throttled_for_long_fails()
    {
        using var db = new Cancelling(int.MaxValue, "ThrottlingError", "None");

        await Assert.ThrowsAsync<TransactionCanceledException>(() => Of(db).WriteAsync(Item, [Word], Ct));
    }

    // The pauses are zero: each is drawn from 0 up to its length.
    private static DynamoTransactions Of(IAmazonDynamoDB db) => new(db, new DynamoPauses(TimeProvider.System, new Shortest()));

    private sealed class Shortest : Random
    {
        public override int Next(int maxValue) => 0;
    }

    /// <summary>Cancels this many transactions for these reasons, and then executes them.</summary>
    private sealed class Cancelling(int times, params string[] reasons)
        : AmazonDynamoDBClient(new AnonymousAWSCredentials(), new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:9" })
    {
        public int Calls { get; private set; }

        public override Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default) =>
            ++Calls > times
                ? Task.FromResult(new TransactWriteItemsResponse())
                : throw new TransactionCanceledException("Cancelled.") { CancellationReasons = [.. reasons.Select(reason => new CancellationReason { Code = reason })] };
    }
}
