using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Functions.Writing;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Functions.Specs.CommandsToEvents;

public sealed class CommandsHandlerSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly InMemoryStreamTips _tips = new();
    private readonly InMemoryEventLog _log = new();
    private readonly SlowPublisher _publisher = new();

    [Fact]
    public async Task Batch_that_fits_is_handled_in_one_part()
    {
        Assert.Null(await TryAsync(NewHandler(), [.. Enumerable.Range(0, 64).Select(Record)]));

        Assert.Equal([64], _publisher.Calls);
    }

    [Fact]
    public async Task Batch_far_too_large_for_an_invocation_is_done_after_some_tries_and_loses_nothing()
    {
        var handler = NewHandler();
        List<KinesisRecord> left = [.. Enumerable.Range(0, 64).Select(Record)];
        _publisher.MostAnInvocation = 10;

        var tries = 0;
        for (; left.Count > 0; tries++)
        {
            Assert.True(tries < 16, $"{left.Count} records are left");
            _publisher.Left = _publisher.MostAnInvocation;
            try
            {
                if (await TryAsync(handler, left) is not { } firstFailed) break;
                var done = left.FindIndex(record => record.SequenceNumber == firstFailed);
                Assert.True(done > 0, "no progress was reported");
                left.RemoveRange(0, done);
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(64, left.Count);
            }
        }

        Assert.Equal(Enumerable.Range(0, 64).Select(StreamOf).ToHashSet(), _publisher.Published.Select(e => e.Stream).ToHashSet());
        Assert.All(_publisher.Published.GroupBy(e => e.Stream), events => Assert.Single(events.Select(e => e.EventId).Distinct()));
    }

    [Fact]
    public async Task Failure_is_reported_as_its_first_record()
    {
        _publisher.Failure = new IOException("no topic");

        Assert.Equal("100", await TryAsync(NewHandler(), [.. Enumerable.Range(0, 4).Select(Record)]));
    }

    private CommandsHandler NewHandler() => new(
        new CommandProcessor(_tips, _log, new StreamReader(_log, _tips), _publisher, ShopDomain.Instance, TimeProvider.System, NullLogger<CommandProcessor>.Instance),
        new StreamIdentity(new OneStream()),
        NullLogger<CommandsHandler>.Instance);

    private async Task<string?> TryAsync(CommandsHandler handler, IReadOnlyList<KinesisRecord> records)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _publisher.Time = time;
        return await handler.HandleAsync(records, new InvocationContext("request", "arn", null, Noon), time.Token);
    }

    private static StreamId StreamOf(int number) => ProductStreams.IdOf(new Guid(number + 1, 0, 0, new byte[8]));

    private static KinesisRecord Record(int number)
    {
        var create = new CreateProduct("Lamp", "Bright", "light", new Money(10, "USD"), 1, "WH_001", new Dictionary<string, string>(), []);
        var command = new CommandRecord(CommandIds.Named(Guid.Empty, $"{number}"), null, StreamOf(number), create, new Actor("seller-1", ShopRoles.Seller), Noon);
        return new KinesisRecord((100 + number).ToString(CultureInfo.InvariantCulture), $"{command.Stream}", "shardId-0", "arn:aws:kinesis:here:0:stream/commands", CommandJson.Write(ShopContracts.Commands, command), Noon);
    }

    /// <summary>Has time for this many events per invocation, and then the call is cancelled.</summary>
    private sealed class SlowPublisher : IEventPublisher
    {
        public int MostAnInvocation { get; set; } = int.MaxValue;

        public int Left { get; set; } = int.MaxValue;

        public CancellationTokenSource? Time { get; set; }

        public Exception? Failure { get; set; }

        public List<int> Calls { get; } = [];

        public List<EventRecord> Published { get; } = [];

        public async Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
        {
            if (Failure is not null) throw Failure;
            Left -= events.Count;
            if (Left < 0) await Time!.CancelAsync();
            ct.ThrowIfCancellationRequested();
            Calls.Add(events.Count);
            Published.AddRange(events);
        }
    }

    private sealed class OneStream : IAmazonKinesis
    {
        public IClientConfig Config => throw new NotSupportedException();

        public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new DescribeStreamSummaryResponse { StreamDescriptionSummary = new StreamDescriptionSummary { StreamCreationTimestamp = Noon.UtcDateTime } });

        public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
