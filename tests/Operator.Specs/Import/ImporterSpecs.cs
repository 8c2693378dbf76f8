using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Specs.Import;

public sealed class ImporterSpecs
{
    private static readonly CatalogueProduct[] Products = [.. Enumerable.Range(1, 1_200).Select(number => InMemoryShop.InCatalogue(number))];

    private readonly InMemoryShop _shop = new();

    [Fact]
    public async Task Every_product_is_applied_and_visible()
    {
        var report = await _shop.ImportAsync(Products);

        Assert.Equal((1_200, 1_200, 0), (report.Sent, report.Applied, report.Unchanged));
        Assert.True(report.AllThere);
        Assert.Equal(1_200, (await _shop.Items.LoadVersionsAsync([.. Products.Select(product => product.Stream)], CancellationToken.None)).Count);
        Assert.True((await _shop.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Importing_again_puts_nothing()
    {
        await _shop.ImportAsync(Products);
        _shop.Put.Clear();

        var report = await _shop.ImportAsync(Products);

        Assert.Empty(_shop.Put);
        Assert.Equal((0, 0, 1_200), (report.Sent, report.Applied, report.Unchanged));
        Assert.True(report.AllThere);
    }

    [Fact]
    public async Task Killed_import_resumes_and_creates_each_product_once()
    {
        _shop.FailsAtPut = 2;
        await Assert.ThrowsAsync<OperationCanceledException>(() => _shop.ImportAsync(Products));
        Assert.Equal(1_000, _shop.Put.Count);

        var report = await _shop.ImportAsync(Products);

        Assert.Equal((700, 700, 500), (report.Sent, report.Applied, report.Unchanged));
        var verified = await _shop.VerifyAsync();
        Assert.True(verified.IsClean);
        Assert.Equal((1_200, 1_200, 1_200), (verified.Streams, verified.Events, verified.Commands));
    }

    [Fact]
    public async Task A_command_that_its_tip_has_forgotten_is_found_in_the_log()
    {
        await _shop.ImportAsync(Products[0]);
        for (var price = 101; price <= 120; price++) await _shop.DoAsync(Products[0].Stream, new UpdateProductPrice(new Money(price, "USD")));
        _shop.Put.Clear();

        var report = await _shop.ImportAsync(Products[0]);

        Assert.Empty(_shop.Put);
        Assert.Equal(1, report.Unchanged);
    }

    [Fact]
    public async Task A_product_that_is_there_by_another_way_is_unchanged()
    {
        await _shop.DoAsync(Products[0].Stream, Products[0].Command);

        var report = await _shop.ImportAsync(Products[0]);

        Assert.Equal((1, 0, 1), (report.Sent, report.Applied, report.Unchanged));
    }

    [Fact]
    public async Task A_refusal_is_counted_by_its_code_with_examples()
    {
        await _shop.DoAsync(Products[0].Stream, InMemoryShop.Create(99));

        var report = await _shop.ImportAsync(Products[..3]);

        Assert.False(report.AllThere);
        Assert.Equal(2, report.Applied);
        var (code, (count, examples)) = Assert.Single(report.Refused);
        Assert.Equal((ProductRefusals.ProductExists, 1), (code, count));
        Assert.Contains("Headphones 1", Assert.Single(examples), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Product_that_is_too_large_is_counted_as_refused()
    {
        var specifications = Enumerable.Range(0, ProductLimits.MaxSpecifications).ToDictionary(i => $"{i}", _ => new string('日', ProductLimits.MaxSpecificationValue));
        var large = Products[0] with { Command = Products[0].Command with { Description = new string('日', ProductLimits.MaxDescription), Specifications = specifications } };

        var report = await _shop.ImportAsync(large, Products[1]);

        Assert.Equal(1, report.Applied);
        var (code, (_, examples)) = Assert.Single(report.Refused);
        Assert.Equal(ProductRefusals.ProductTooLarge, code);
        Assert.Contains("81,920 bytes", Assert.Single(examples), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_product_twice_in_the_file_is_sent_once()
    {
        var report = await _shop.ImportAsync(Products[0], Products[0]);

        Assert.Equal((1, 1, 1), (report.Sent, report.Applied, report.Unchanged));
    }

    [Fact]
    public async Task Outcomes_are_waited_for()
    {
        _shop.Waits = true;
        _shop.Time.Meanwhile = _shop.DecideAsync;

        Assert.Equal(1_200, (await _shop.ImportAsync(Products)).Applied);
    }

    [Fact]
    public async Task Commands_that_nobody_decides_end_the_import_and_are_named()
    {
        _shop.Waits = true;

        var stuck = await Assert.ThrowsAsync<OperatorException>(() => _shop.ImportAsync(Products[..10]));

        Assert.Contains("10 streams have no outcome", stuck.Message, StringComparison.Ordinal);
        Assert.Contains(Products[0].Stream.ToString(), stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Products_that_wait_behind_many_that_are_stuck_are_seen()
    {
        var list = new WaitingList<int>(10);
        for (var i = 0; i < 35; i++) list.Add(i);

        for (var look = 0; look < 4; look++) await list.LookAsync(_ => Task.FromResult<Predicate<int>>(item => item >= 30));

        Assert.Equal(Enumerable.Range(0, 30), list.All);
    }

    [Fact]
    public async Task Products_that_no_reader_sees_end_the_import_unless_that_is_not_asked_for()
    {
        _shop.Projects = false;

        var stuck = await Assert.ThrowsAsync<OperatorException>(() => _shop.ImportAsync(Products[..10]));

        Assert.Contains("10 streams have no item in the read model", stuck.Message, StringComparison.Ordinal);
        Assert.True((await _shop.ImportAsync(Products[..10], waitVisible: false)).AllThere);
    }
}
