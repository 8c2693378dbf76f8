using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Waits until the order process has finished an order: confirmed, held, rejected or cancelled.</summary>
public sealed class Settlement(EventStore.StreamReader streams) : ISequel
{
    private readonly Dictionary<StreamId, string> _ends = [];

    public string Name => "settled";

    public string Lack => "no end";

    public string Advice => "Do EventsToOrders and OrdersToTimeouts run? Their logs and their dead letters say what they cannot do.";

    /// <summary>The number of orders by status. Rejected orders are counted by the code of the reason.</summary>
    public IReadOnlyDictionary<string, int> Ends => new SortedDictionary<string, int>(_ends.Values.CountBy(end => end).ToDictionary(), StringComparer.Ordinal);

    public async Task<IReadOnlySet<StreamId>> FindAsync(IReadOnlyList<(StreamId Stream, long Version)> awaited, CancellationToken ct)
    {
        var histories = await streams.ReadEachAsync([.. awaited.Select(order => order.Stream).Distinct()], HistoryBounds.Everything, ct);
        var settled = new HashSet<StreamId>();
        foreach (var (order, events) in histories.Whole)
        {
            if (events.Select(e => EndOf((IOrderEvent)e.Event)).LastOrDefault(end => end is not null) is not { } end) continue;
            _ends[order] = end;
            settled.Add(order);
        }

        return settled;
    }

    private static string? EndOf(IOrderEvent e) => e switch
    {
        OrderConfirmed => "confirmed",
        OrderHeld => "held",
        OrderRejected rejected => $"rejected: {rejected.Code}",
        OrderCancelled => "cancelled",
        _ => null,
    };
}
