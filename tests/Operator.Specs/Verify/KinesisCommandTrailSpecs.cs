using System.Globalization;
using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using Record = Amazon.Kinesis.Model.Record;

namespace ServerlessCqrs.Operator.Specs.Verify;

/// <summary>
/// Verification reports a missing outcome of every kind of record, and finds it where the write path recorded it.
/// </summary>
public sealed class KinesisCommandTrailSpecs
{
    private readonly InMemoryShop _shop = new();

    public static TheoryData<string> Kinds => [.. Records().Select(record => record.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lost_record_of_any_kind_is_reported(string kind)
    {
        var difference = Assert.Single(await CheckAsync(Records().Single(record => record.Kind == kind)));

        Assert.Equal(Differences.CommandWithoutOutcome, difference.Kind);
    }

    [Fact]
    public async Task Records_that_the_write_path_recorded_are_clean()
    {
        var records = Records().Where(record => record.Kind != "unknown type").ToList();
        Assert.Null(await _shop.ProcessAsync(KeptStream.Source, [.. records.Select((record, i) => Arrived(record, i))]));

        Assert.Empty(await CheckAsync([.. records]));
    }

    [Fact]
    public async Task Command_that_waits_for_a_newer_release_is_reported_as_parked()
    {
        var newer = Records().Single(record => record.Kind == "unknown type");
        Assert.Null(await _shop.ProcessAsync(KeptStream.Source, [Arrived(newer, 0)]));

        Assert.Equal(Differences.CommandParked, Assert.Single(await CheckAsync(newer)).Kind);
    }

    [Fact]
    public async Task Unreadable_record_with_another_outcome_than_a_refusal_is_reported()
    {
        var record = Records().Single(record => record.Kind == "no JSON");
        var outcome = new CommandOutcome(
            InMemoryShop.Product(), CommandIds.OfUnreadable(KeptStream.Source, KeptStream.Number(0)), null, "unknown", CommandStatus.Applied, 1, [], null, null, null, InMemoryShop.Seller, KeptStream.Noon, KeptStream.Noon, null, null);
        await _shop.Log.AppendAsync([], [outcome], TestContext.Current.CancellationToken);

        Assert.Equal(Differences.RecordMisjudged, Assert.Single(await CheckAsync(record)).Kind);
    }

    private Task<IReadOnlyList<Difference>> CheckAsync(params IReadOnlyList<(string Kind, string Key, byte[] Data)> records) =>
        new CommandCheck(new KinesisCommandTrail(ShopDomain.Instance, new KeptStream(records), "commands", _shop.Time), _shop.Log, _shop.Tips, _shop.Time).RunAsync(null, TestContext.Current.CancellationToken);

    private static ArrivedRecord Arrived((string Kind, string Key, byte[] Data) record, int index) => new(KeptStream.Number(index), record.Key, KeptStream.Noon, record.Data);

    private static IEnumerable<(string Kind, string Key, byte[] Data)> Records()
    {
        var key = InMemoryShop.Product().ToString();
        yield return ("a command", key, Write(InMemoryShop.Product()));
        yield return ("too large", key, Replace(Write(InMemoryShop.Product()), "They play music.", new string('x', CommandJson.MaxBytes)));
        yield return ("no JSON", key, "nonsense"u8.ToArray());
        yield return ("nothing", key, []);
        yield return ("a partition key that is no stream", "ä", "nonsense"u8.ToArray());
        yield return ("another partition key", "product-x", Write(InMemoryShop.Product()));
        yield return ("no actor", key, Replace(Write(InMemoryShop.Product()), "\"seller-1\"", "null"));
        yield return ("unknown type", key, Replace(Write(InMemoryShop.Product()), "CreateProduct", "MakeCoffee"));
        yield return ("unknown category", "tea-1", Write(StreamId.Of("tea", "1")));
    }

    private static byte[] Write(StreamId stream) =>
        CommandJson.Write(ShopContracts.Commands, new CommandRecord(Guid.NewGuid(), null, stream, InMemoryShop.Create(), InMemoryShop.Seller, KeptStream.Noon));

    private static byte[] Replace(byte[] data, string old, string @new) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(data).Replace(old, @new, StringComparison.Ordinal));

    /// <summary>A command stream of one shard with these records.</summary>
    private sealed class KeptStream(IReadOnlyList<(string Kind, string Key, byte[] Data)> records) : IAmazonKinesis
    {
        public const string Source = "arn:aws:kinesis:here:0:stream/commands@1";

        public static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

        public IClientConfig Config => throw new NotSupportedException();

        public static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

        public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) => Task.FromResult(new DescribeStreamSummaryResponse
        {
            StreamDescriptionSummary = new StreamDescriptionSummary { StreamARN = Source[..^2], StreamCreationTimestamp = DateTimeOffset.FromUnixTimeMilliseconds(1).UtcDateTime },
        });

        public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) => Task.FromResult(new ListShardsResponse { Shards = [new Amazon.Kinesis.Model.Shard { ShardId = "0" }] });

        public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) => Task.FromResult(new GetShardIteratorResponse { ShardIterator = "begin" });

        public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) => Task.FromResult(new GetRecordsResponse
        {
            MillisBehindLatest = 0,
            NextShardIterator = "end",
            Records = request.ShardIterator == "end" ? [] : [.. records.Select((record, i) => new Record { SequenceNumber = Number(i), PartitionKey = record.Key, Data = new MemoryStream(record.Data), ApproximateArrivalTimestamp = Noon.UtcDateTime })],
        });

        public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
