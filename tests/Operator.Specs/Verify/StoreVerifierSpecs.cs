using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operator.Verify;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Specs.Verify;

public sealed class StoreVerifierSpecs
{
    private readonly InMemoryShop _shop = new();

    [Fact]
    public async Task A_sound_shop_is_clean_and_counted()
    {
        await FillAsync(500);
        await _shop.DoAsync(InMemoryShop.Product(1), new UpdateProductPrice(new Money(90, "USD")));
        await _shop.DoAsync(InMemoryShop.Product(2), new UpdateProductPrice(new Money(1, "USD")));
        await _shop.DoAsync(InMemoryShop.Product(3), new DeleteProduct(""));

        var report = await _shop.VerifyAsync();

        Assert.Empty(report.Kept);
        Assert.True(report.IsClean);
        Assert.Equal((500, 502, 503, 500), (report.Streams, report.Events, report.Commands, report.Items));
        Assert.Equal(0, _shop.Time.Waits);
        Assert.Equal("verify: 500 streams, 502 events, 503 commands, 500 items: clean", VerifyScreen.Summary(report));
    }

    [Fact]
    public async Task Only_the_streams_of_a_category_are_looked_at_where_one_is_named()
    {
        await FillAsync(3);

        Assert.Equal(3, (await _shop.VerifyAsync("product")).Streams);
        Assert.Equal(0, (await _shop.VerifyAsync("watch")).Streams);
    }

    [Fact]
    public async Task Damage_is_named_by_its_stream_and_the_others_stay_clean()
    {
        await FillAsync(300);
        var damaged = InMemoryShop.Product(7);
        var created = await _shop.Log.ReadAllAsync(null, CancellationToken.None).FirstAsync(e => e.Stream == damaged);
        await _shop.Log.AppendAsync([created with { Actor = new Actor("somebody", Actor.Seller) }], [], CancellationToken.None);

        var report = await _shop.VerifyAsync();

        var difference = Assert.Single(report.Kept);
        Assert.Equal((Differences.EventContradicted, damaged), (difference.Kind, difference.Stream));
        Assert.Equal(300, report.Streams);
    }

    [Fact]
    public async Task An_item_that_no_stream_made_is_found()
    {
        await FillAsync(2);
        var item = (await _shop.Items.LoadAsync([InMemoryShop.Product(1)], CancellationToken.None)).Values.Single();
        await _shop.Items.SaveAsync(item with { Stream = InMemoryShop.Product(9) }, null, CancellationToken.None);

        var difference = Assert.Single((await _shop.VerifyAsync()).Kept);

        Assert.Equal((Differences.ItemWithoutStream, InMemoryShop.Product(9)), (difference.Kind, difference.Stream));
    }

    [Fact]
    public async Task A_read_model_that_is_a_moment_behind_is_clean_once_it_has_caught_up()
    {
        _shop.Projects = false;
        await FillAsync(3);
        _shop.Time.Meanwhile = async () =>
        {
            _shop.Projects = true;
            await _shop.PublishAsync(await _shop.Log.ReadAllAsync(null, CancellationToken.None).ToListAsync(), CancellationToken.None);
        };

        Assert.True((await _shop.VerifyAsync()).IsClean);
        Assert.Equal(1, _shop.Time.Waits);
    }

    [Fact]
    public async Task A_read_model_that_stays_behind_is_reported_after_some_seconds()
    {
        _shop.Projects = false;
        await FillAsync(30);

        var report = await _shop.VerifyAsync();

        Assert.Equal(3, _shop.Time.Waits);
        Assert.Equal(30, report.Totals[Differences.ItemMissing]);
        Assert.Equal(VerifyReport.KeptPerKind, report.Kept.Count);
        Assert.Equal("verify: 30 streams, 30 events, 30 commands, 0 items: 30 differences", VerifyScreen.Summary(report));
    }

    [Fact]
    public async Task A_command_on_the_stream_without_an_outcome_is_found()
    {
        await FillAsync(2);
        _shop.Waits = true;
        await _shop.DoAsync(InMemoryShop.Product(2), new UpdateProductPrice(new Money(90, "USD")));

        var difference = Assert.Single(await CheckCommandsAsync());

        Assert.Equal((Differences.CommandWithoutOutcome, InMemoryShop.Product(2)), (difference.Kind, difference.Stream));
        Assert.Contains(_shop.Put[^1].CommandId.ToString(), difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_only_waits_for_its_turn_is_waited_for()
    {
        _shop.Waits = true;
        await FillAsync(2);
        _shop.Time.Meanwhile = _shop.DecideAsync;

        Assert.Empty(await CheckCommandsAsync());
        Assert.Equal(1, _shop.Time.Waits);
    }

    private Task<IReadOnlyList<Difference>> CheckCommandsAsync() => new CommandCheck(_shop, _shop.Log, _shop.Tips, _shop.Time).RunAsync(null, CancellationToken.None);

    private Task FillAsync(int products) => _shop.PutAsync([.. Enumerable.Range(1, products).Select(number => InMemoryShop.InCatalogue(number).ToRecord(InMemoryShop.Seller, _shop.Time.GetUtcNow()))], CancellationToken.None);
}
