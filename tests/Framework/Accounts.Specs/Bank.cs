using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Accounts.Specs;

/// <summary>
/// The event store in memory with the domain of accounts. A command becomes a record, which the write path decides.
/// </summary>
internal sealed class Bank : IEventPublisher
{
    private const string Shard = "commands@1";

    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CommandProcessor _processor;
    private int _sequence;

    public Bank()
    {
        Streams = new StreamReader(Log, Tips);
        _processor = new CommandProcessor(Tips, Log, Streams, this, AccountDomain.Instance, TimeProvider.System, NullLogger<CommandProcessor>.Instance);
    }

    public InMemoryEventLog Log { get; } = new();

    public InMemoryStreamTips Tips { get; } = new();

    public StreamReader Streams { get; }

    public List<PackedMessage> Published { get; } = [];

    public async Task<CommandOutcome> SendAsync(Guid account, ICommand command, string by)
    {
        var id = Guid.CreateVersion7();
        var record = new CommandRecord(id, KeyId: null, Account.IdOf(account), command, new Actor(by, AccountDomain.Holder), Noon.AddSeconds(_sequence));
        await ArriveAsync($"{record.Stream}", CommandJson.Write(AccountDomain.Instance.Commands, record));
        return Assert.Single(await Log.FindOutcomesAsync([new OutcomeQuery(record.Stream, id, KeyId: null)], TestContext.Current.CancellationToken));
    }

    /// <summary>One record arrives on the command stream.</summary>
    public Task ArriveAsync(string key, byte[] record) => _processor.ProcessAsync(
        Shard,
        [new ArrivedRecord((++_sequence).ToString(CultureInfo.InvariantCulture), key, Noon.AddSeconds(_sequence), record)],
        TestContext.Current.CancellationToken);

    public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        Published.AddRange(EventPacker.Pack(events));
        return Task.CompletedTask;
    }
}
