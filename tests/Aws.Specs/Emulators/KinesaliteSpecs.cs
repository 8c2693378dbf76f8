using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.Aws.Specs.Wire;
using ServerlessCqrs.LocalRuntime.Emulators;
using Record = Amazon.Kinesis.Model.Record;

namespace ServerlessCqrs.Aws.Specs.Emulators;

public sealed class KinesaliteSpecs : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("kinesalite-");
    private LoneEmulator? _emulator;
    private AmazonKinesisClient _kinesis = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await StartAsync();
        _kinesis = Client(_emulator);
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null) await _emulator.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_written_is_read_back_whole_and_in_the_order_of_each_key()
    {
        await CreateActiveStreamAsync("commands", shards: 3);
        PutRecordsRequestEntry[] records = [.. Enumerable.Range(0, 40).Select(n => Entry($"product-{n % 7}", $"größe {n}"))];

        var results = await new KinesisRecordWriter(_kinesis, "commands").WriteAsync(records);
        var read = await ReadAllAsync("commands");

        Assert.All(results, result => Assert.NotNull(result.ShardId));
        Assert.Equal(OfEachKey(records.Select(record => (record.PartitionKey!, TextOf(record.Data!)))), OfEachKey(read.Select(record => (record.PartitionKey!, TextOf(record.Data!)))));
        Assert.All(read, record => Assert.InRange(record.ApproximateArrivalTimestamp!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5)));
    }

    [Fact]
    public async Task Reading_goes_on_after_a_sequence_number()
    {
        await CreateActiveStreamAsync("commands", shards: 1);
        var results = await new KinesisRecordWriter(_kinesis, "commands").WriteAsync([Entry("a", "1"), Entry("a", "2"), Entry("a", "3")]);

        var iterator = await _kinesis.GetShardIteratorAsync(new()
        {
            StreamName = "commands",
            ShardId = results[0].ShardId,
            ShardIteratorType = ShardIteratorType.AFTER_SEQUENCE_NUMBER,
            StartingSequenceNumber = results[0].SequenceNumber,
        });
        var answer = await _kinesis.GetRecordsAsync(new() { ShardIterator = iterator.ShardIterator, Limit = 1 });

        Assert.Equal(results[1].SequenceNumber, Assert.Single(answer.Records!).SequenceNumber);
        Assert.NotNull(answer.NextShardIterator);
    }

    [Fact]
    public async Task Shards_are_listed_with_their_hash_ranges()
    {
        await CreateActiveStreamAsync("commands", shards: 3);

        var shards = (await _kinesis.ListShardsAsync(new() { StreamName = "commands" })).Shards!;

        Assert.Equal(["shardId-000000000000", "shardId-000000000001", "shardId-000000000002"], shards.Select(shard => shard.ShardId));
        Assert.Equal("0", shards[0].HashKeyRange!.StartingHashKey);
        Assert.Equal("340282366920938463463374607431768211455", shards[2].HashKeyRange!.EndingHashKey);
        Assert.All(shards, shard => Assert.Null(shard.SequenceNumberRange!.EndingSequenceNumber));
    }

    [Fact]
    public async Task A_stream_keeps_its_identity_and_its_records_over_a_restart()
    {
        await CreateActiveStreamAsync("commands", shards: 1);
        await new KinesisRecordWriter(_kinesis, "commands").WriteAsync([Entry("a", "1")]);
        var before = await DescribeAsync("commands");

        await _emulator!.DisposeAsync();
        _emulator = await StartAsync();
        _kinesis = Client(_emulator);
        var after = await DescribeAsync("commands");

        Assert.NotNull(before.StreamCreationTimestamp);
        Assert.Equal((before.StreamARN, before.StreamCreationTimestamp), (after.StreamARN, after.StreamCreationTimestamp));
        Assert.Equal("1", TextOf(Assert.Single(await ReadAllAsync("commands")).Data!));
    }

    [Fact]
    public async Task Errors_have_their_types()
    {
        await CreateActiveStreamAsync("commands", shards: 1);

        await Assert.ThrowsAsync<ResourceInUseException>(() => _kinesis.CreateStreamAsync(new() { StreamName = "commands", ShardCount = 1 }));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => DescribeAsync("unknown"));
        await Assert.ThrowsAsync<InvalidArgumentException>(() => _kinesis.GetRecordsAsync(new() { ShardIterator = "nonsense" }));
    }

    private Task<LoneEmulator> StartAsync() => LoneEmulator.StartAsync(Kinesalite.Spec, _data.FullName, TestContext.Current.CancellationToken);

    private static AmazonKinesisClient Client(LoneEmulator emulator) =>
        new(FakeService.Credentials, new AmazonKinesisConfig { ServiceURL = emulator.Url.ToString(), AuthenticationRegion = "eu-central-1" });

    private async Task CreateActiveStreamAsync(string name, int shards)
    {
        await _kinesis.CreateStreamAsync(new() { StreamName = name, ShardCount = shards });
        while ((await DescribeAsync(name)) is var stream && stream.StreamStatus != StreamStatus.ACTIVE) Assert.Equal(StreamStatus.CREATING, stream.StreamStatus);
        Assert.Equal(shards, (await DescribeAsync(name)).OpenShardCount);
    }

    private async Task<StreamDescriptionSummary> DescribeAsync(string name) =>
        (await _kinesis.DescribeStreamSummaryAsync(new() { StreamName = name })).StreamDescriptionSummary!;

    private async Task<List<Record>> ReadAllAsync(string stream)
    {
        List<Record> records = [];
        foreach (var shard in (await _kinesis.ListShardsAsync(new() { StreamName = stream })).Shards!)
        {
            var iterator = await _kinesis.GetShardIteratorAsync(new() { StreamName = stream, ShardId = shard.ShardId, ShardIteratorType = ShardIteratorType.TRIM_HORIZON });
            records.AddRange((await _kinesis.GetRecordsAsync(new() { ShardIterator = iterator.ShardIterator })).Records ?? []);
        }

        return records;
    }

    private static IEnumerable<string> OfEachKey(IEnumerable<(string Key, string Text)> records) =>
        records.GroupBy(record => record.Key).OrderBy(group => group.Key).Select(group => $"{group.Key}: {string.Join(", ", group.Select(record => record.Text))}");

    private static PutRecordsRequestEntry Entry(string key, string text) => new() { PartitionKey = key, Data = new(Encoding.UTF8.GetBytes(text)) };

    private static string TextOf(MemoryStream data) => Encoding.UTF8.GetString(data.ToArray());
}
