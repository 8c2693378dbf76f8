using System.Text;
using ServerlessCqrs.LocalRuntime.Lambda;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

public sealed class BatchReportSpecs
{
    private static readonly HashSet<string> Ids = ["1", "2", "3"];

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":null}""")]
    [InlineData("""{"batchItemFailures":[]}""")]
    public void Nothing_said_means_that_all_was_handled(string answer) => Assert.IsType<BatchReport.Handled>(Read(answer));

    [Theory]
    [InlineData("all good")]
    [InlineData("\"all good\"")]
    [InlineData("[]")]
    [InlineData("""{"batchItemFailures":"2"}""")]
    [InlineData("""{"batchItemFailures":["2"]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":2}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemId":"2"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"4"}]}""")]
    public void What_cannot_be_understood_fails_the_batch_whole(string answer) => Assert.IsType<BatchReport.Malformed>(Read(answer));

    [Fact]
    public void Named_items_failed()
    {
        var report = Assert.IsType<BatchReport.Partial>(Read("""{"batchItemFailures":[{"itemIdentifier":"3"},{"itemIdentifier":"2"}]}"""));
        Assert.Equal(["2", "3"], report.Ids.Order());
    }

    private static BatchReport Read(string answer) => BatchReport.Read(Encoding.UTF8.GetBytes(answer), Ids);
}
