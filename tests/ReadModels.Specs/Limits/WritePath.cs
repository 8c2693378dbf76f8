using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Limits;

/// <summary>The write path over stores in memory. It records each committed tip.</summary>
internal sealed class WritePath : IStreamTips, IEventPublisher
{
    private readonly InMemoryStreamTips _tips = new();
    private readonly CommandProcessor _processor;
    private int _commands;

    public WritePath()
    {
        var log = new InMemoryEventLog();
        _processor = new CommandProcessor(this, log, new StreamReader(log, this), this, ShopDomain.Instance, new FakeTimeProvider(Largest.Noon), NullLogger<CommandProcessor>.Instance);
    }

    public List<StreamTip> Tips { get; } = [];

    public IReadOnlyList<EventRecord> Events => [.. Tips.SelectMany(tip => tip.Newest.Events)];

    public IReadOnlyList<CommandOutcome> Outcomes => [.. Tips.SelectMany(tip => tip.Newest.Outcomes)];

    /// <summary>Decides these commands as one batch of records.</summary>
    public async Task DecideAsync(StreamId stream, Actor by, params IReadOnlyList<ICommand> commands)
    {
        List<ArrivedRecord> batch = [];
        foreach (var command in commands)
        {
            var number = (++_commands).ToString(CultureInfo.InvariantCulture);
            var record = new CommandRecord(CommandIds.Named(Guid.Empty, number), CommandIds.Named(Guid.AllBitsSet, number), stream, command, by, Largest.Noon, CorrelationId: stream.ToString(), CausationId: Guid.AllBitsSet);
            batch.Add(new ArrivedRecord(number, stream.ToString(), Largest.Noon, CommandJson.Write(ShopContracts.Commands, record)));
        }

        Assert.Null(await _processor.ProcessAsync("arn:aws:kinesis:eu-central-1:000000000000:stream/commands@1700000000", batch, TestContext.Current.CancellationToken));
        Assert.All(Tips[^1].Newest.Outcomes, outcome => Assert.NotEqual("internal_error", outcome.Code));
    }

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => _tips.LoadAsync(streams, ct);

    public async Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct)
    {
        Tips.Add(next);
        return await _tips.CommitAsync(next, read, ct);
    }

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => _tips.ScanAsync(ct);

    public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct) => Task.CompletedTask;
}
