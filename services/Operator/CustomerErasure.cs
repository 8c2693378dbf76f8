using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.Erasure;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator;

/// <summary>Erases a customer: account, orders, reviews and watches.</summary>
internal sealed class CustomerErasure : IErasurePlan
{
    private static readonly string[] Categories = [OrderStreams.Category, ReviewStreams.Category, WatchStreams.Category];

    public Table Keys => ShopTopology.PersonKeys;

    public string Person => "customer";

    public string Description =>
        "Destroys a customer's key, so nobody can read any copy of their name, addresses and texts. "
        + "Deactivates the account, ends the watches, and prints what was searched. It cannot be undone. "
        + "Exits with 1 if nothing is known of the customer.";

    public StreamId AccountOf(string person) => CustomerStreams.IdOf(person);

    public async Task<IReadOnlyList<StreamId>> StreamsAsync(
        string person,
        IStreamLookup lookup,
        DateTimeOffset asOf,
        CancellationToken ct)
    {
        List<StreamId> streams = [AccountOf(person)];
        foreach (var category in Categories)
            streams.AddRange(await lookup.FindAsync(category, EventFields.Customer, [person], asOf, ct));
        return streams;
    }

    /// <summary>Deactivates the account and ends the active watches.</summary>
    public async Task<ErasureCommands> CommandsAsync(
        string person,
        IReadOnlyCollection<StreamId> streams,
        StreamReader reader,
        CancellationToken ct)
    {
        var watches = streams.Where(stream => stream.Category == WatchStreams.Category);
        List<(StreamId, ICommand)> ends = [];
        foreach (var (watch, events) in await reader.ReadAsync([.. watches], HistoryBounds.Everything, ct))
        {
            if (events[^1].Event is PriceWatched && WatchStreams.TryParse(watch, out var product, out _))
                ends.Add((watch, new UnwatchPrice(product, person)));
        }

        return new ErasureCommands(
            [(AccountOf(person), new DeactivateUser("The customer's data was erased.")), .. ends],
            "to deactivate the account and to end watches",
            $"account: deactivated; {ends.Count:N0} watches ended");
    }
}
