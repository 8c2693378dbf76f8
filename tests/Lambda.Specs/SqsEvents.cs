using System.Text;

namespace ServerlessCqrs.Lambda.Specs;

public sealed class SqsEvents
{
    private const string Queue = "arn:aws:sqs:us-east-2:123456789012:my-queue";

    [Fact]
    public void The_documented_event_is_read_in_full()
    {
        var messages = SqsEvent.Read(Golden.Sqs);

        Assert.Equal(EventKind.Sqs, EventKinds.Of(Golden.Sqs));
        Assert.Equal(2, messages.Count);
        Assert.Equal(
            new SqsMessage("059f36b4-87a3-44ab-83d2-661975830a7d", "Test message.", 1, DateTimeOffset.FromUnixTimeMilliseconds(1545082649183), messages[0].Attributes, Queue, null),
            messages[0]);
        Assert.Equal(
            new SqsMessage("2e1424d4-f796-459a-8184-9c92662be6da", """{"text":"café"}""", 4, DateTimeOffset.FromUnixTimeMilliseconds(1545082650636), messages[1].Attributes, Queue, "product-1"),
            messages[1]);
    }

    [Fact]
    public void Strings_and_numbers_are_attributes_and_binary_ones_are_left_out()
    {
        var messages = SqsEvent.Read(Golden.Sqs);
        Assert.Equal(new Dictionary<string, string> { ["type"] = "ProductPriceUpdated", ["count"] = "3" }, messages[0].Attributes);
        Assert.Empty(messages[1].Attributes);
    }

    [Theory]
    [InlineData("messageId")]
    [InlineData("body")]
    [InlineData("\"attributes")]
    [InlineData("ApproximateReceiveCount")]
    [InlineData("SentTimestamp")]
    [InlineData("eventSourceARN")]
    public void A_message_without_a_field_fails_loudly(string field) =>
        Assert.Throws<UnknownEventException>(() => SqsEvent.Read(Encoding.UTF8.GetBytes(Message("1", "x").Replace(field, field + "_", StringComparison.Ordinal))));

    [Fact]
    public void A_record_of_another_source_in_the_batch_fails_loudly() =>
        Assert.Throws<UnknownEventException>(() => SqsEvent.Read(Encoding.UTF8.GetBytes(Message("1", "x").Replace("aws:sqs\"", "aws:s3\"", StringComparison.Ordinal))));

    /// <summary>Returns an event with one message.</summary>
    internal static string Message(string id, string body) => Messages((id, body));

    internal static string Messages(params (string Id, string Body)[] messages) =>
        $$"""{"Records":[{{string.Join(',', messages.Select(m => $$"""
            {"messageId":"{{m.Id}}","receiptHandle":"r","body":"{{m.Body}}","attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1545082649183"},
             "messageAttributes":{},"eventSource":"aws:sqs","eventSourceARN":"{{Queue}}","awsRegion":"us-east-2"}
            """))}}]}""";
}
