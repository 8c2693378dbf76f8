using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// One Kinesis stream: shards that split and merge, sequence numbers that grow and gain digits, and PutRecords calls
/// that fail in part.
/// </summary>
public sealed class SimKinesis : IAmazonKinesis
{
    public const string Arn = "arn:aws:kinesis:eu-central-1:000000000000:stream/commands";

    /// <summary>Partition keys are hashed into numbers from 0 to this.</summary>
    private const uint HashKeys = 1 << 16;

    private readonly Simulator _simulator;
    private readonly Dice _dice;
    private readonly Network _network;
    private readonly Truth _truth;
    private readonly List<SimShard> _shards = [];

    // Sequence numbers soon gain a digit: as texts, 1003 precedes 998.
    private long _sequence = 950;

    public SimKinesis(Simulator simulator, Dice dice, Network network, Truth truth)
    {
        (_simulator, _dice, _network, _truth) = (simulator, dice, network, truth);
        Open(0, HashKeys / 2, []);
        Open(HashKeys / 2, HashKeys, []);
    }

    public IReadOnlyList<SimShard> Shards => _shards;

    /// <summary>Called for each shard, parents before children.</summary>
    public Action<SimShard> Opened { get; set; } = _ => { };

    public IClientConfig Config => throw new NotSupportedException();

    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default)
    {
        var records = request.Records!.Select(record => (Key: record.PartitionKey!, Data: record.Data!.ToArray())).ToList();
        return _network.CallAsync("kinesis", "kinesis.put", () => Put(records), cancellationToken);
    }

    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) => _network.CallAsync(
        "kinesis",
        "kinesis.describe",
        () => new DescribeStreamSummaryResponse { StreamDescriptionSummary = new StreamDescriptionSummary { StreamCreationTimestamp = Simulator.Start.UtcDateTime } },
        cancellationToken);

    /// <summary>Adds a record from outside the product, like an attacker or a broken producer.</summary>
    public void PutForeign(string key, byte[] data) => Append(key, data);

    /// <summary>Splits a shard in two.</summary>
    public void Split(int choice)
    {
        var open = _shards.Where(shard => shard.IsOpen && shard.To - shard.From > 1).ToList();
        var parent = open[choice % open.Count];
        var middle = (parent.From + parent.To) / 2;
        parent.Close();
        Open(parent.From, middle, [parent]);
        Open(middle, parent.To, [parent]);
        _simulator.Timeline.Add("split", null, parent.Id);
    }

    /// <summary>Merges two neighbours.</summary>
    public void Merge(int choice)
    {
        var open = _shards.Where(shard => shard.IsOpen).OrderBy(shard => shard.From).ToList();
        if (open.Count < 2) return;
        var left = open[choice % (open.Count - 1)];
        var right = open.Single(shard => shard.From == left.To);
        left.Close();
        right.Close();
        Open(left.From, right.To, [left, right]);
        _simulator.Timeline.Add("merged", null, $"{left.Id} {right.Id}");
    }

    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private PutRecordsResponse Put(List<(string Key, byte[] Data)> records)
    {
        Refuse(records.Count > KinesisRecordWriter.MaxRecords, $"{records.Count} records");
        Refuse(records.Sum(record => Sizes.Utf8(record.Key) + record.Data.Length) > StoreLimits.KinesisCall.Bytes, "records of more than 5 MiB");
        foreach (var (key, data) in records) Refuse(Sizes.Utf8(key) + data.Length > StoreLimits.KinesisRecord.Bytes, $"a record of {data.Length} bytes");
        // Our own limit, because the consumer accepts no larger record.
        if (records.Find(record => record.Data.Length > StoreLimits.Command) is { Data: { } large }) _truth.Unfit($"kinesis: a command of {large.Length} bytes");
        List<PutRecordsResultEntry> results = [];
        foreach (var (key, data) in records)
        {
            // Each record fails independently of those behind it.
            if (_dice.Happens("kinesis.record-throttled", 0.05))
                results.Add(new PutRecordsResultEntry { ErrorCode = "ProvisionedThroughputExceededException" });
            else
                results.Add(Append(key, data));
        }

        return new PutRecordsResponse { Records = results, FailedRecordCount = results.Count(result => result.ErrorCode is not null) };
    }

    /// <summary>
    /// Refuses a whole call like PutRecords:
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html.
    /// </summary>
    private void Refuse(bool isTooMuch, string what)
    {
        if (!isTooMuch) return;
        _truth.Unfit($"kinesis: {what}");
        throw new AmazonKinesisException($"{what} are too much.");
    }

    private PutRecordsResultEntry Append(string key, byte[] data)
    {
        _sequence += 1 + _dice.Roll("kinesis.sequence", 3);
        var shard = _shards.Single(shard => shard.IsOpen && shard.Holds((uint)(Mix.Of(key) % HashKeys)));
        var record = new SimRecord(_sequence.ToString(CultureInfo.InvariantCulture), key, data, DateTimeOffset.FromUnixTimeMilliseconds(_simulator.UtcNow.ToUnixTimeMilliseconds()));
        _truth.Taken(record);
        shard.Append(record);
        return new PutRecordsResultEntry { SequenceNumber = record.SequenceNumber, ShardId = shard.Id };
    }

    private void Open(uint from, uint to, IReadOnlyList<SimShard> parents)
    {
        var shard = new SimShard($"shardId-{_shards.Count:D12}", from, to, parents);
        _shards.Add(shard);
        Opened(shard);
    }
}

/// <summary>A record on a shard.</summary>
public sealed record SimRecord(
    string SequenceNumber,
    string Key,
    byte[] Data,
    DateTimeOffset ArrivedAt);
