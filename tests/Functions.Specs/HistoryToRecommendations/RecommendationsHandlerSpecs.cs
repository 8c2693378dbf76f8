using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.HistoryToRecommendations;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Specs.HistoryToRecommendations;

/// <summary>When rankings are computed, and which of them are written.</summary>
public sealed class RecommendationsHandlerSpecs
{
    private static readonly Guid Amp = Guid.Parse("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Cable = Guid.Parse("00000000-0000-4000-8000-000000000002");

    private readonly AdvancingClock _clock = new();
    private readonly InMemoryEventLog _log;
    private readonly CountedSales _sales;
    private readonly SalesRankings _rankings = new(new InMemoryRankings(), new InMemoryRankings());
    private readonly InMemoryRankingCheckpoint _checkpoint = new();

    public RecommendationsHandlerSpecs()
    {
        _log = new InMemoryEventLog(_clock);
        _sales = new CountedSales(new InMemorySalesHistory(_log));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_sold_is_ranked_and_what_was_cancelled_is_removed_again()
    {
        await CreateAsync();
        await OrderAsync(1);
        await TickAsync();
        Assert.Equal([$"{Amp}: {Cable} 1", $"{Cable}: {Amp} 1"], await TextOfAsync(_rankings.BoughtTogether));
        Assert.Equal([$"all: {Cable} 5, {Amp} 2", $"category audio: {Cable} 5, {Amp} 2"], await TextOfAsync(_rankings.BestSellers));

        await CancelAsync(1);
        await TickAsync();
        Assert.Empty(await TextOfAsync(_rankings.BoughtTogether));
        Assert.Empty(await TextOfAsync(_rankings.BestSellers));
    }

    [Fact]
    public async Task Nothing_is_computed_where_nothing_that_matters_arrived()
    {
        await CreateAsync();
        await OrderAsync(1);
        for (var tick = 0; tick < 3; tick++) await TickAsync();
        Assert.Equal(1, _sales.Ranked);

        await _log.AppendAsync([EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(Amp), 2, new ProductPriceUpdated(new Money(10, "USD"), new Money(9, "USD")), Guid.NewGuid(), 0, By, _clock.GetUtcNow())], [], Ct);
        await TickAsync();
        Assert.Equal(1, _sales.Ranked);

        await OrderAsync(2);
        await TickAsync();
        Assert.Equal(2, _sales.Ranked);
    }

    [Fact]
    public async Task A_new_day_moves_the_window_and_an_old_order_falls_out_of_it()
    {
        await CreateAsync();
        await OrderAsync(1);
        await TickAsync();

        // The order counts for the whole of the window's first day.
        _clock.Advance(_clock.GetUtcNow().Date.AddDays(8).AddTicks(-1) - _clock.GetUtcNow().DateTime);
        await TickAsync();
        Assert.NotEmpty(await TextOfAsync(_rankings.BoughtTogether));

        _clock.Advance(TimeSpan.FromTicks(1));
        await TickAsync();
        Assert.Empty(await TextOfAsync(_rankings.BoughtTogether));
    }

    [Fact]
    public async Task A_run_that_fails_is_done_again()
    {
        await CreateAsync();
        await OrderAsync(1);
        _sales.Fails = true;
        await Assert.ThrowsAsync<IOException>(TickAsync);

        _sales.Fails = false;
        await TickAsync();

        Assert.NotEmpty(await TextOfAsync(_rankings.BestSellers));
    }

    [Fact]
    public async Task Ranked_anew_what_is_gone_and_what_is_wrong_is_put_right_though_nothing_is_new()
    {
        await CreateAsync();
        await OrderAsync(1);
        await TickAsync();
        var right = (await TextOfAsync(_rankings.BoughtTogether), await TextOfAsync(_rankings.BestSellers));
        await _rankings.BoughtTogether.DeleteAsync(SalesRankings.KeyOf(Amp), Ct);
        await _rankings.BestSellers.SaveAsync(new Ranking(SalesRankings.KeyOf("video"), [new RankedProduct(Amp, 7)]), Ct);
        await TickAsync();
        Assert.NotEqual(right.Item1, await TextOfAsync(_rankings.BoughtTogether));

        var report = await Ranker.RankAnewAsync(Ct);

        Assert.Equal(right.Item1, await TextOfAsync(_rankings.BoughtTogether));
        Assert.Equal(right.Item2, await TextOfAsync(_rankings.BestSellers));
        Assert.Equal(((1, 0), (0, 1)), (report.BoughtTogether, report.BestSellers));
    }

    private SalesRanker Ranker => new(_sales, _rankings, _checkpoint, TimeSpan.FromDays(7), _clock);

    private static Actor By { get; } = new("somebody", Actor.Process);

    private Task TickAsync() => new RecommendationsHandler(Ranker, NullLogger<RecommendationsHandler>.Instance).HandleAsync(null!, null!, Ct);

    private Task CreateAsync() => _log.AppendAsync(
        [
            .. new[] { Amp, Cable }.Select(product => EventRecord.Of(ShopContracts.Events,
                ProductStreams.IdOf(product),
                1,
                new ProductCreated("seller-1", "name", "", "audio", new Money(10, "USD"), 50, "WH_001", new Dictionary<string, string>(), []),
                Guid.NewGuid(),
                0,
                By,
                _clock.GetUtcNow())),
        ],
        [],
        Ct);

    private Task OrderAsync(int number)
    {
        var price = new Money(10, "USD");
        OrderedLine[] lines = [new(Amp, 2, price, "seller-1"), new(Cable, 5, price, "seller-1")];
        return _log.AppendAsync([EventRecord.Of(ShopContracts.Events, OrderOf(number), 1, new OrderConfirmed("ann", lines, price, price, price), Guid.NewGuid(), 0, By, _clock.GetUtcNow())], [], Ct);
    }

    private Task CancelAsync(int number) =>
        _log.AppendAsync([EventRecord.Of(ShopContracts.Events, OrderOf(number), 2, new OrderCancelled("ann", [], "no", WasConfirmed: true, _clock.GetUtcNow()), Guid.NewGuid(), 0, By, _clock.GetUtcNow())], [], Ct);

    private static StreamId OrderOf(int number) => OrderStreams.IdOf(Guid.Parse($"00000000-0000-4000-9000-{number:D12}"));

    private static async Task<IReadOnlyList<string>> TextOfAsync(IRankings rankings) => await rankings.ScanAsync(Ct)
        .Select(ranking => $"{ranking.Key}: {string.Join(", ", ranking.Products.Select(product => $"{product.ProductId} {product.Count}"))}")
        .Order(StringComparer.Ordinal)
        .ToListAsync(Ct);

    /// <summary>Sales that count how often best sellers were ranked, and that can fail.</summary>
    private sealed class CountedSales(ISalesHistory sales) : ISalesHistory
    {
        public int Ranked { get; private set; }

        public bool Fails { get; set; }

        public Task<SalesMark> MarkAsync(SalesMark? last, CancellationToken ct) => sales.MarkAsync(last, ct);

        public IAsyncEnumerable<BoughtTogether> ReadBoughtTogetherAsync(DateTimeOffset since, int most, CancellationToken ct) => sales.ReadBoughtTogetherAsync(since, most, ct);

        public IAsyncEnumerable<BestSellers> ReadBestSellersAsync(DateTimeOffset since, int most, CancellationToken ct)
        {
            if (Fails) throw new IOException("The fake fails.");
            Ranked++;
            return sales.ReadBestSellersAsync(since, most, ct);
        }
    }
}
