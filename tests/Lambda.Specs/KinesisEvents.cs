using System.Text;

namespace ServerlessCqrs.Lambda.Specs;

public sealed class KinesisEvents
{
    private const string Stream = "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream";

    [Fact]
    public void The_documented_event_is_read_in_full()
    {
        var records = KinesisEvent.Read(Golden.Kinesis);

        Assert.Equal(EventKind.Kinesis, EventKinds.Of(Golden.Kinesis));
        Assert.Equal(2, records.Count);
        Assert.Equal(("49590338271490256608559692538361571095921575989136588898", "product-1", "shardId-000000000006", Stream),
            (records[0].SequenceNumber, records[0].PartitionKey, records[0].ShardId, records[0].StreamArn));
        Assert.Equal("Hello, this is a test.", Encoding.UTF8.GetString(records[0].Data.Span));
        Assert.Equal(DateTimeOffset.Parse("2018-12-17T22:10:50.987Z", null), records[0].ArrivedAt);
        Assert.Equal(("49590338271490256608559692540925702759324208523137515618", "product-é", "shardId-000000000006", Stream),
            (records[1].SequenceNumber, records[1].PartitionKey, records[1].ShardId, records[1].StreamArn));
        Assert.Equal("This is only a test.", Encoding.UTF8.GetString(records[1].Data.Span));
        Assert.Equal(DateTimeOffset.Parse("2018-12-17T22:11:51.166Z", null), records[1].ArrivedAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Data_of_any_length_comes_back_as_it_was_put(int length)
    {
        var data = Enumerable.Range(0, length).Select(i => (byte)(i * 31)).ToArray();
        var record = Assert.Single(KinesisEvent.Read(Event(Record(1, Convert.ToBase64String(data)))));
        Assert.Equal(data, record.Data.ToArray());
    }

    [Fact]
    public void Base64_with_escaped_slashes_is_read_too()
    {
        byte[] data = [0xff, 0xff, 0xff];
        var record = Assert.Single(KinesisEvent.Read(Event(Record(1, Convert.ToBase64String(data).Replace("/", "\\/", StringComparison.Ordinal)))));
        Assert.Equal(data, record.Data.ToArray());
    }

    [Fact]
    public void The_order_of_the_batch_is_kept()
    {
        var records = KinesisEvent.Read(Event([.. Enumerable.Range(1, 1000).Select(i => Record(i, "AAAA"))]));
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => $"{i}"), records.Select(r => r.SequenceNumber));
    }

    [Fact]
    public void A_full_event_is_read_without_a_copy_of_its_data()
    {
        var data = Convert.ToBase64String(new byte[4000]);
        var payload = Event([.. Enumerable.Range(1, 1000).Select(i => Record(i, data))]);
        KinesisEvent.Read([.. payload]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var records = KinesisEvent.Read(payload);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(4_000_000, records.Sum(r => r.Data.Length));
        Assert.InRange(allocated, 1, 400_000);
    }

    [Theory]
    [InlineData("sequenceNumber")]
    [InlineData("partitionKey")]
    [InlineData("data")]
    [InlineData("approximateArrivalTimestamp")]
    [InlineData("eventID")]
    [InlineData("eventSourceARN")]
    [InlineData("\"kinesis\"")]
    public void A_record_without_a_field_fails_loudly(string field)
    {
        var payload = Encoding.UTF8.GetString(Event(Record(1, "AAAA"))).Replace(field, field.Replace("s", "z", StringComparison.Ordinal).Replace("e", "z", StringComparison.Ordinal).Replace("a", "z", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Throws<UnknownEventException>(() => KinesisEvent.Read(Encoding.UTF8.GetBytes(payload)));
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("A")]
    public void Data_that_is_not_base64_fails_loudly(string data) =>
        Assert.Throws<UnknownEventException>(() => KinesisEvent.Read(Event(Record(1, data))));

    [Fact]
    public void A_record_of_another_source_in_the_batch_fails_loudly() =>
        Assert.Throws<UnknownEventException>(() => KinesisEvent.Read(Event(Record(1, "AAAA"), Record(2, "AAAA").Replace("aws:kinesis\"", "aws:dynamodb\"", StringComparison.Ordinal))));

    internal static byte[] Event(params string[] records) => Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""");

    internal static string Record(int sequenceNumber, string data) => $$"""
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"product-{{sequenceNumber}}","sequenceNumber":"{{sequenceNumber}}","data":"{{data}}","approximateArrivalTimestamp":1545084650.987},
        "eventSource":"aws:kinesis","eventID":"shardId-000000000006:{{sequenceNumber}}","eventName":"aws:kinesis:record","eventSourceARN":"{{Stream}}"}
        """;
}
