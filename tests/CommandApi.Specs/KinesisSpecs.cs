using System.Text.Json.Nodes;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class KinesisSpecs
{
    private static readonly CommandRecord Command = new(
        Guid.NewGuid(),
        KeyId: null,
        ProductStreams.IdOf(Guid.NewGuid()),
        new UpdateProductPrice(new Money(80, "USD")),
        new Actor("seller-1", "seller"),
        DateTimeOffset.UnixEpoch,
        IfMatch: 7);

    [Trait("Guarantee", "CommandApi → Kinesis: a command is one record, with its stream as partition key")]
    [Fact]
    public async Task Command_is_one_record_under_the_key_of_its_stream()
    {
        using var kinesis = new OneRecord(new PutRecordsResultEntry { SequenceNumber = "1", ShardId = "s" });
        await StreamOver(kinesis).PutAsync(Command, TestContext.Current.CancellationToken);
        var request = Assert.Single(kinesis.Requests);
        var record = Assert.Single(request.Records!);
        Assert.Equal(("commands", $"{Command.Stream}"), (request.StreamName, record.PartitionKey));
        var json = JsonNode.Parse(record.Data!.ToArray())!;
        Assert.Equal(($"{Command.CommandId}", 7, "seller-1"), ((string)json["id"]!, (int)json["ifMatch"]!, (string)json["actor"]!));
    }

    [Fact]
    public async Task A_record_that_was_not_taken_is_not_acknowledged()
    {
        using var kinesis = new OneRecord(new PutRecordsResultEntry { ErrorCode = "ProvisionedThroughputExceededException" });
        await Assert.ThrowsAnyAsync<Exception>(() => StreamOver(kinesis).PutAsync(Command, TestContext.Current.CancellationToken));
        Assert.Equal(Backoff.Default.Attempts, kinesis.Requests.Count);
    }

    private static KinesisCommandStream StreamOver(IAmazonKinesis kinesis) => new(new KinesisRecordWriter(kinesis, "commands", time: new SkippingTime()), ShopContracts.Commands);

    private sealed class OneRecord(PutRecordsResultEntry answer) : IAmazonKinesis
    {
        public List<PutRecordsRequest> Requests { get; } = [];

        public IClientConfig Config => throw new NotSupportedException();

        public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default)
        {
            Requests.Add(request);
            return Task.FromResult(new PutRecordsResponse { Records = [answer], FailedRecordCount = answer.ErrorCode is null ? 0 : 1 });
        }

        public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
