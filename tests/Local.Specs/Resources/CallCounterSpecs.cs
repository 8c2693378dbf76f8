using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Calls;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.LocalRuntime.Specs.Lambda;

namespace ServerlessCqrs.LocalRuntime.Specs.Resources;

public sealed class CallCounterSpecs
{
    [Fact]
    public async Task Counts_of_processes_add_up_by_program_and_operation()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "another.counts"), "QueryApi\tDynamoDB.GetItem\t40\n", TestContext.Current.CancellationToken);
        using var counter = new CallCounter(folder.Path);

        counter.Add("CommandApi", "Kinesis.PutRecords");
        counter.Add("QueryApi", "DynamoDB.GetItem");
        counter.Add("QueryApi", "DynamoDB.GetItem");

        await Waiting.UntilAsync(() => CallCounter.Sum(folder.Path).GetValueOrDefault(("QueryApi", "DynamoDB.GetItem")) == 42, "the counts of both processes");
        Assert.Equal(1, CallCounter.Sum(folder.Path)[("CommandApi", "Kinesis.PutRecords")]);
    }

    [Fact]
    public void Operation_is_the_service_and_the_request() =>
        Assert.Equal("DynamoDB.TransactWriteItems", CallNames.OperationOf("DynamoDB", new TransactWriteItemsRequest()));
}
