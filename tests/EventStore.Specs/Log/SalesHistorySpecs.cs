using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Log;

/// <summary>The guarantees of every sales history. Each test has its own log.</summary>
public abstract class SalesHistoryContract
{
    private static readonly DateTimeOffset Noon = Rows.Noon;
    private static readonly Guid[] Products = [.. Enumerable.Range(1, 12).Select(number => Guid.Parse($"00000000-0000-4000-8000-{number:D12}"))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_was_confirmed_within_the_window_and_not_cancelled_counts()
    {
        var (log, sales) = Open();
        var (amp, cable, lamp) = (Products[0], Products[1], Products[2]);
        await AppendAsync(
            log,
            [
                .. Created(amp, "audio"), .. Created(cable, "audio"), .. Created(lamp, "light"),
                .. Confirmed(1, (amp, 1), (cable, 5)), .. Confirmed(2, (cable, 2), (amp, 1), (lamp, 1)),
                .. Confirmed(3, (amp, 1), (lamp, 100)), .. Cancelled(3, (amp, 1), (lamp, 100)),
                .. Confirmed(4, at: Noon.AddDays(-1), lines: [(cable, 100), (lamp, 100)]),
                .. Placed(5, (amp, 100), (cable, 100)),
            ]);

        Assert.Equal(
            [$"{amp}: {cable} 2, {lamp} 1", $"{cable}: {amp} 2, {lamp} 1", $"{lamp}: {amp} 1, {cable} 1"],
            await TogetherAsync(sales, Noon));
        Assert.Equal([$": {cable} 7, {amp} 2, {lamp} 1", $"audio: {cable} 7, {amp} 2", $"light: {lamp} 1"], await BestAsync(sales, Noon));
    }

    [Fact]
    public async Task A_product_counts_in_the_category_it_is_in_now_and_a_deleted_one_nowhere()
    {
        var (log, sales) = Open();
        var (amp, cable, lamp) = (Products[0], Products[1], Products[2]);
        await AppendAsync(
            log,
            [
                .. Created(amp, "audio", new ProductDetailsRevised(null, null, "hifi", null), new ProductDetailsRevised("Amplifier", null, null, null)),
                .. Created(cable, "audio"),
                .. Created(lamp, "light", new ProductDeleted("broken", Remaining: 0)),
                .. Confirmed(1, (amp, 1), (cable, 2), (lamp, 3)),
            ]);

        Assert.Equal([$"{amp}: {cable} 1", $"{cable}: {amp} 1"], await TogetherAsync(sales, Noon));
        Assert.Equal([$": {cable} 2, {amp} 1", $"audio: {cable} 2", $"hifi: {amp} 1"], await BestAsync(sales, Noon));
    }

    [Fact]
    public async Task Rankings_are_cut_at_their_length()
    {
        var (log, sales) = Open();
        await AppendAsync(log, [.. Products.SelectMany(product => Created(product, "audio")), .. Confirmed(1, [.. Products.Select((product, i) => (product, i + 1))])]);

        Assert.All(await sales.ReadBoughtTogetherAsync(Noon, 3, Ct).ToListAsync(Ct), bought => Assert.Equal(Products.Where(other => other != bought.Product).Take(3), bought.Others.Select(other => other.ProductId)));
        Assert.All(await sales.ReadBestSellersAsync(Noon, 2, Ct).ToListAsync(Ct), best => Assert.Equal([Products[11], Products[10]], best.Products.Select(product => product.ProductId)));
    }

    [Fact]
    public async Task An_empty_log_ranks_nothing_and_has_a_mark_that_stays()
    {
        var sales = Open().Sales;
        Assert.Empty(await TogetherAsync(sales, Noon));
        Assert.Empty(await BestAsync(sales, Noon));
        var mark = await sales.MarkAsync(null, Ct);
        Assert.Equal(mark, await sales.MarkAsync(mark, Ct));
    }

    [Fact]
    public async Task The_mark_changes_with_what_matters_and_with_nothing_else()
    {
        var (log, sales) = Open();
        await AppendAsync(log, Created(Products[0], "audio"));
        var mark = await sales.MarkAsync(null, Ct);
        Assert.Equal(mark, await sales.MarkAsync(mark, Ct));

        await AppendAsync(log, [.. Placed(1, (Products[0], 1)), EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(Products[0]), 2, new ProductPriceUpdated(new Money(1, "USD"), new Money(2, "USD")), Guid.NewGuid(), 0, By, Noon)]);
        Assert.Equal(mark, await sales.MarkAsync(mark, Ct));

        foreach (var more in new[] { Confirmed(2, (Products[0], 1)), Cancelled(2, (Products[0], 1)), Created(Products[1], "audio"), Created(Products[2], "audio", new ProductDeleted("broken", Remaining: 0)) })
        {
            await AppendAsync(log, more);
            var next = await sales.MarkAsync(mark, Ct);
            Assert.NotEqual(mark, next);
            Assert.Equal(next, await sales.MarkAsync(next, Ct));
            mark = next;
        }
    }

    protected static Actor By { get; } = new("somebody", Actor.Process);

    /// <summary>Opens an empty log and its sales.</summary>
    protected abstract (IEventLog Log, ISalesHistory Sales) Open();

    protected static Task AppendAsync(IEventLog log, IEnumerable<EventRecord> events) => log.AppendAsync([.. events], [], Ct);

    protected static async Task<IReadOnlyList<string>> TogetherAsync(ISalesHistory sales, DateTimeOffset since) =>
        await sales.ReadBoughtTogetherAsync(since, 10, Ct).Select(bought => $"{bought.Product}: {TextOf(bought.Others)}").Order(StringComparer.Ordinal).ToListAsync(Ct);

    protected static async Task<IReadOnlyList<string>> BestAsync(ISalesHistory sales, DateTimeOffset since) =>
        await sales.ReadBestSellersAsync(since, 50, Ct).Select(best => $"{best.Category}: {TextOf(best.Products)}").Order(StringComparer.Ordinal).ToListAsync(Ct);

    /// <summary>
    /// Returns some products with revisions and deletions, and many orders of them in every state, before and after
    /// noon.
    /// </summary>
    protected static IReadOnlyList<EventRecord> Generated(Random chance, int orders)
    {
        string[] categories = ["audio", "light", "o'dd \\ {category}", "ünï"];
        var events = Products.SelectMany(product => Created(
            product,
            categories[chance.Next(categories.Length)],
            [.. Enumerable.Range(0, chance.Next(3)).Select(_ => new ProductDetailsRevised("name", null, chance.Next(2) == 0 ? categories[chance.Next(categories.Length)] : null, null)), .. chance.Next(6) == 0 ? [new ProductDeleted("broken", Remaining: 0)] : Array.Empty<IEvent>()]));
        foreach (var order in Enumerable.Range(1, orders))
        {
            (Guid, int)[] lines = [.. Products.OrderBy(_ => chance.Next()).Take(chance.Next(1, 6)).Select(product => (product, chance.Next(1, 9)))];
            events = events.Concat(chance.Next(5) switch
            {
                0 => Placed(order, lines),
                1 => [.. Confirmed(order, lines), .. Cancelled(order, lines)],
                2 => Confirmed(order, Noon.AddSeconds(-chance.Next(0, 3)), lines),
                _ => Confirmed(order, lines),
            });
        }

        return [.. events];
    }

    private static string TextOf(IEnumerable<RankedProduct> products) => string.Join(", ", products.Select(product => $"{product.ProductId} {product.Count}"));

    private static EventRecord[] Created(Guid product, string category, params IReadOnlyList<IEvent> more) =>
    [
        .. more
            .Prepend(new ProductCreated("seller-1", "name", "", category, new Money(10, "USD"), 50, "WH_001", new Dictionary<string, string>(), []))
            .Select((e, i) => EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(product), i + 1, e, Guid.NewGuid(), 0, By, Noon)),
    ];

    private static EventRecord[] Placed(int order, params (Guid Product, int Quantity)[] lines) =>
        [Event(order, 1, new OrderCreated("ann", [.. lines.Select(line => new OrderLine(line.Product, line.Quantity))], Email: null, Noon.AddMinutes(5)), Noon)];

    private static EventRecord[] Confirmed(int order, params (Guid Product, int Quantity)[] lines) => Confirmed(order, Noon, lines);

    private static EventRecord[] Confirmed(int order, DateTimeOffset at, (Guid Product, int Quantity)[] lines)
    {
        var price = new Money(10, "USD");
        return [.. Placed(order, lines), Event(order, 2, new OrderConfirmed("ann", [.. lines.Select(line => new OrderedLine(line.Product, line.Quantity, price, "seller-1"))], price, price, price), at)];
    }

    private static EventRecord[] Cancelled(int order, params (Guid Product, int Quantity)[] lines) =>
        [Event(order, 3, new OrderCancelled("ann", [.. lines.Select(line => new OrderLine(line.Product, line.Quantity))], "no", WasConfirmed: true, Noon.AddMinutes(5)), Noon.AddMinutes(1))];

    private static EventRecord Event(int order, long version, IEvent e, DateTimeOffset at) =>
        EventRecord.Of(ShopContracts.Events, OrderStreams.IdOf(CommandIds.Named(Guid.Empty, $"order {order}")), version, e, CommandIds.Named(Guid.Empty, $"order {order} {version}"), 0, By, at);
}

public sealed class InMemorySalesHistorySpecs : SalesHistoryContract
{
    protected override (IEventLog Log, ISalesHistory Sales) Open()
    {
        var log = new InMemoryEventLog();
        return (log, new InMemorySalesHistory(log));
    }
}

public sealed class ClickHouseSalesHistorySpecs(Stores stores) : SalesHistoryContract, IDisposable
{
    private readonly List<ClickHouseDatabase> _databases = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task It_ranks_as_looking_at_every_event_does_though_rows_are_there_twice(int seed)
    {
        var memory = new InMemoryEventLog();
        var (log, sales) = Open();
        var events = Generated(new Random(seed), orders: 300);
        await AppendAsync(memory, events);
        await AppendAsync(log, events);
        await AppendAsync(log, events.Where((_, i) => i % 3 == 0));

        var together = await TogetherAsync(sales, Rows.Noon);
        Assert.Equal(await TogetherAsync(new InMemorySalesHistory(memory), Rows.Noon), together);
        Assert.Equal(await BestAsync(new InMemorySalesHistory(memory), Rows.Noon), await BestAsync(sales, Rows.Noon));
        Assert.True(together.Count > 5, "Hardly anything was sold.");
    }

    protected override (IEventLog Log, ISalesHistory Sales) Open()
    {
        var database = new ClickHouseDatabase(new ClickHouseOptions(stores.NewDatabase()), ShopDomain.Instance, TimeProvider.System);
        _databases.Add(database);
        return (new ClickHouseEventLog(database), new ClickHouseSalesHistory(database));
    }

    public void Dispose() => _databases.ForEach(database => database.Dispose());
}
