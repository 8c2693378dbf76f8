using System.Globalization;
using System.Text;
using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Reliable;

namespace ServerlessCqrs.Aws.Specs.Reliable;

public sealed class KinesisRecordWriterSpecs
{
    private static readonly Backoff s_threeTries = new(Attempts: 3, First: TimeSpan.FromMilliseconds(100), Longest: TimeSpan.FromMilliseconds(150));

    private readonly InstantTime _time = new();

    [Fact]
    public async Task Records_that_all_land_take_one_call()
    {
        var kinesis = new FakeKinesis();

        var results = await Writer(kinesis).WriteAsync([Record("a", "1"), Record("b", "1"), Record("c", "1")]);

        Assert.Single(kinesis.Calls);
        Assert.Equal(["1", "2", "3"], results.Select(result => result.SequenceNumber));
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Nothing_to_write_takes_no_call()
    {
        var kinesis = new FakeKinesis();

        Assert.Empty(await Writer(kinesis).WriteAsync([]));

        Assert.Empty(kinesis.Calls);
    }

    [Fact]
    public async Task Only_what_failed_is_sent_again_and_results_keep_the_order_of_the_records()
    {
        var kinesis = new FakeKinesis((call, record) => call == 0 && record.PartitionKey == "b");

        var results = await Writer(kinesis).WriteAsync([Record("a", "1"), Record("b", "1"), Record("c", "1")]);

        Assert.Equal(["a", "b", "c"], kinesis.Calls[0].Select(record => record.PartitionKey));
        Assert.Equal(["b"], kinesis.Calls[1].Select(record => record.PartitionKey));
        Assert.Equal(["1", "3", "2"], results.Select(result => result.SequenceNumber));
    }

    [Fact]
    public async Task No_call_holds_two_records_of_one_key()
    {
        var kinesis = new FakeKinesis();

        await Writer(kinesis).WriteAsync([Record("a", "1"), Record("a", "2"), Record("b", "1"), Record("a", "3"), Record("b", "2")]);

        Assert.Equal(["a1 b1", "a2 b2", "a3"], kinesis.Calls.Select(call => string.Join(' ', call.Select(NameOf))));
    }

    [Fact]
    public async Task Records_of_a_key_land_in_their_order_whatever_fails()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var chance = new Random(seed);
            var kinesis = new FakeKinesis((_, _) => chance.NextDouble() < 0.3);
            PutRecordsRequestEntry[] records = [.. Enumerable.Range(0, 100).Select(n => Record(((char)('a' + chance.Next(6))).ToString(), n.ToString(CultureInfo.InvariantCulture)))];

            await Writer(kinesis, s_threeTries with { Attempts = 100 }).WriteAsync(records);

            Assert.Equal(
                records.GroupBy(record => record.PartitionKey).OrderBy(group => group.Key).Select(group => string.Join(' ', group.Select(NameOf))),
                kinesis.Landed.GroupBy(record => record.PartitionKey).OrderBy(group => group.Key).Select(group => string.Join(' ', group.Select(NameOf))));
        }
    }

    [Fact]
    public async Task Records_without_order_go_in_as_few_calls_as_fit()
    {
        var kinesis = new FakeKinesis();
        var writer = new KinesisRecordWriter(kinesis, "s", RecordOrder.Any, time: _time);

        await writer.WriteAsync([.. Enumerable.Range(0, 1200).Select(_ => Record("a", "x"))]);

        Assert.Equal([500, 500, 200], kinesis.Calls.Select(call => call.Count));
    }

    [Fact]
    public async Task A_call_holds_at_most_five_hundred_records()
    {
        var kinesis = new FakeKinesis();

        await Writer(kinesis).WriteAsync([.. Enumerable.Range(0, 501).Select(n => Record($"key-{n}", "x"))]);

        Assert.Equal([500, 1], kinesis.Calls.Select(call => call.Count));
    }

    [Fact]
    public async Task A_call_holds_at_most_5_MiB_partition_keys_included()
    {
        var kinesis = new FakeKinesis();
        // Five records of exactly 1 MiB with their keys of two bytes each ("ä") fill a call.
        PutRecordsRequestEntry[] records = [.. "äöüßéè".Select(key => new PutRecordsRequestEntry { PartitionKey = key.ToString(), Data = new(new byte[1024 * 1024 - 2]) })];

        await Writer(kinesis).WriteAsync(records);

        Assert.Equal([5, 1], kinesis.Calls.Select(call => call.Count));
    }

    [Fact]
    public async Task A_record_over_1_MiB_is_refused_before_anything_is_sent()
    {
        var kinesis = new FakeKinesis();
        var tooLong = new PutRecordsRequestEntry { PartitionKey = "b", Data = new(new byte[1024 * 1024]) };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Writer(kinesis).WriteAsync([Record("a", "1"), tooLong]));

        Assert.Contains("Record 1 has 1048577 bytes", refusal.Message);
        Assert.Empty(kinesis.Calls);
    }

    [Fact]
    public async Task A_record_without_a_partition_key_is_refused_before_anything_is_sent()
    {
        var kinesis = new FakeKinesis();

        await Assert.ThrowsAsync<ArgumentException>(() => Writer(kinesis).WriteAsync([Record("a", "1"), new() { Data = new([1]) }]));

        Assert.Empty(kinesis.Calls);
    }

    [Fact]
    public async Task What_never_lands_is_named_with_all_that_waited_behind_it()
    {
        var kinesis = new FakeKinesis((_, record) => record.PartitionKey == "b");

        var failure = await Assert.ThrowsAsync<RecordsNotAcknowledgedException>(() =>
            Writer(kinesis).WriteAsync([Record("a", "1"), Record("b", "1"), Record("a", "2"), Record("b", "2")]));

        Assert.Equal([1, 3], failure.Unacknowledged);
        Assert.Equal(["1", null, "2", null], failure.Results.Select(result => result?.SequenceNumber));
        Assert.Equal("Stream s did not acknowledge 2 of 4 records (ProvisionedThroughputExceededException, 3 attempts); by index: 1, 3", failure.Message);
        Assert.Equal(3, kinesis.Calls.Count);
        Assert.DoesNotContain(kinesis.Landed, record => record.PartitionKey == "b");
    }

    [Fact]
    public async Task A_call_that_fails_whole_tells_what_was_acknowledged_before()
    {
        var cause = new ResourceNotFoundException("no such stream");
        var kinesis = new FakeKinesis((call, _) => call == 1 ? throw cause : false);

        var failure = await Assert.ThrowsAsync<RecordsNotAcknowledgedException>(() => Writer(kinesis).WriteAsync([Record("a", "1"), Record("a", "2")]));

        Assert.Same(cause, failure.InnerException);
        Assert.Equal([1], failure.Unacknowledged);
    }

    [Fact]
    public async Task Waits_double_up_to_the_longest_and_are_jittered()
    {
        var kinesis = new FakeKinesis((call, _) => call < 3);
        var writer = new KinesisRecordWriter(kinesis, "s", backoff: s_threeTries with { Attempts = 4 }, time: _time, random: new Half());

        await writer.WriteAsync([Record("a", "1")]);

        Assert.Equal([50, 75, 75], _time.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task A_cancelled_write_ends_as_cancelled()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Writer(new FakeKinesis()).WriteAsync([Record("a", "1")], new(canceled: true)));
    }

    private KinesisRecordWriter Writer(FakeKinesis kinesis, Backoff? backoff = null) => new(kinesis, "s", backoff: backoff ?? s_threeTries, time: _time);

    private static PutRecordsRequestEntry Record(string key, string data) => new() { PartitionKey = key, Data = new(Encoding.UTF8.GetBytes(data)) };

    private static string NameOf(PutRecordsRequestEntry record) => record.PartitionKey + Encoding.UTF8.GetString(record.Data!.ToArray());

    private sealed class Half : Random
    {
        public override double NextDouble() => 0.5;
    }
}
