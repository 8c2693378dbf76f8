using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation;

/// <summary>Faults that the simulation found, in as few steps as possible.</summary>
public sealed class ZombieSpecs
{
    private static readonly StreamId Product = ProductStreams.IdOf(new Guid(1, 0, 0, new byte[8]));

    /// <summary>
    /// Seed 16355: a consumer that was considered dead committed and appended a command. It did so after the other
    /// consumer had read the tip and before it read the log. Then it crashed before it published.
    /// </summary>
    [Fact]
    public async Task What_another_consumer_decided_meanwhile_is_not_passed_over_unpublished()
    {
        var (tips, log, published) = (new InMemoryStreamTips(), new InMemoryEventLog(), new Published());
        // More commands than the ring stores, so that later keys must be found in the log.
        ArrivedRecord[] before = [Record(0, new CreateProduct("It", "", "things", new Money(100, "USD"), 1, "WH", new Dictionary<string, string>(), [])), .. Enumerable.Range(1, 20).Select(i => Record(i, new UpdateProductPrice(new Money(100 + i, "USD"))))];
        await Processor(tips, log, published).ProcessAsync("source", before, default);
        var batch = Record(30, new UpdateProductPrice(new Money(90, "USD")));

        var zombie = Processor(tips, log, new Dying());
        var live = Processor(tips, new Meanwhile(log, () => zombie.ProcessAsync("source", [batch], default)), published);
        await Assert.ThrowsAsync<StaleTipException>(() => live.ProcessAsync("source", [batch], default));

        Assert.Null(await live.ProcessAsync("source", [batch], default));
        Assert.Contains(published.Events, e => e.Version == 22);
    }

    private static CommandProcessor Processor(InMemoryStreamTips tips, IEventLog log, IEventPublisher publisher) =>
        new(tips, log, new StreamReader(new InMemoryEventLog(), tips), publisher, ShopDomain.Instance, TimeProvider.System, NullLogger<CommandProcessor>.Instance);

    private static ArrivedRecord Record(int number, ICommand command)
    {
        var at = DateTimeOffset.UnixEpoch.AddSeconds(number);
        var id = new Guid(number + 1, 0, 0, new byte[8]);
        return new ArrivedRecord($"{number}", Product.ToString(), at, CommandJson.Write(ShopContracts.Commands, new CommandRecord(id, id, Product, command, new Actor("seller", ShopRoles.Seller), at)));
    }

    /// <summary>Runs an action before the first read of outcomes from the log.</summary>
    private sealed class Meanwhile(InMemoryEventLog inner, Func<Task> happen) : IEventLog
    {
        private bool _happened;

        public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct) => inner.AppendAsync(events, outcomes, ct);

        public async Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
        {
            if (!_happened)
            {
                _happened = true;
                await Assert.ThrowsAsync<OperationCanceledException>(happen);
            }

            return await inner.FindOutcomesAsync(wanted, ct);
        }

        public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) => inner.FindEventsAsync(commands, ct);
    }

    private sealed class Published : IEventPublisher
    {
        public List<EventRecord> Events { get; } = [];

        public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
        {
            Events.AddRange(events);
            return Task.CompletedTask;
        }
    }

    private sealed class Dying : IEventPublisher
    {
        public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct) => throw new OperationCanceledException("It is killed here.");
    }
}
