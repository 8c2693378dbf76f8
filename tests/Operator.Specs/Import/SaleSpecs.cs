using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.Import;

/// <summary>Orders and customers from a file.</summary>
public sealed class SaleSpecs : IDisposable
{
    private readonly InMemoryShop _shop = new();
    private readonly InMemoryPersonKeys _keys = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-sale-");
    private readonly PersonalData _personal;

    public SaleSpecs() => _personal = new PersonalData(_keys, new FileMasterKey(Path.Combine(_folder.FullName, "master.key")), TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _personal.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void An_entry_becomes_an_order_of_its_customer()
    {
        var (order, fault) = SoldOrder.Map(Read("""
            - id: 0192f3c1-5d3e-7c3a-9c1f-0a4b5c6d7e8f
              customer: anna
              placedAt: 2026-11-01T12:00:00Z
              items:
                - productId: 6579c22f-be2b-444c-a52b-0116dd82df6c
                  quantity: 2
                - {productId: 6579c22f-be2b-444c-a52b-0116dd82df6d, quantity: 1}
            """));

        Assert.Null(fault);
        Assert.Equal(("anna", Guid.Parse("0192f3c1-5d3e-7c3a-9c1f-0a4b5c6d7e8f")), (order!.Customer, order.Id));
        Assert.Equal([new OrderLine(Guid.Parse("6579c22f-be2b-444c-a52b-0116dd82df6c"), 2), new OrderLine(Guid.Parse("6579c22f-be2b-444c-a52b-0116dd82df6d"), 1)], order.Items);
        Assert.Equal(new Actor("anna", ShopRoles.Customer), order.ToRecord(_shop.Time.GetUtcNow()).Actor);
    }

    [Theory]
    [InlineData("- {id: nonsense, customer: anna, items: [{productId: 6579c22f-be2b-444c-a52b-0116dd82df6c, quantity: 1}]}", "not a UUID")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, items: []}", "no customer")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, customer: \"an\\u0001na\", items: []}", "its customer must be")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, customer: anna}", "1 to 20 items")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, customer: anna, items: [lamp]}", "not a mapping")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, customer: anna, items: [{productId: 6579c22f-be2b-444c-a52b-0116dd82df6c, quantity: many}]}", "quantity is not a number")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, customer: anna, items: [{productId: 6579c22f-be2b-444c-a52b-0116dd82df6c, quantity: 0}]}", "A quantity is 1 to 999")]
    public void A_broken_order_says_why(string yaml, string reason)
    {
        var (order, fault) = SoldOrder.Map(Read(yaml));

        Assert.Null(order);
        Assert.Contains(reason, fault!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("productId: *lamp", 4, "alias")]
    [InlineData("productId: &lamp 6579c22f-be2b-444c-a52b-0116dd82df6c", 4, "anchor")]
    [InlineData("quantity: 0x10", 5, "quantity is not a number")]
    [InlineData("quantity: 1_000", 5, "quantity is not a number")]
    [InlineData("quantity: 1000", 5, "1 to 999")]
    [InlineData("quantity: [2]", 5, "quantity is a list")]
    [InlineData("quantity: ~", 5, "no quantity")]
    [InlineData("price: 3", 6, "'price' is unknown")]
    public void A_fault_in_an_item_is_named_with_its_own_line(string field, long line, string reason)
    {
        string[] item = ["productId: 6579c22f-be2b-444c-a52b-0116dd82df6c", "quantity: 2"];
        string[] lines = line > 5 ? [.. item, field] : [.. item.Select(one => one.Split(':')[0] == field.Split(':')[0] ? field : one)];

        var (order, fault) = SoldOrder.Map(Read($"- id: 0192f3c1-5d3e-7c3a-9c1f-0a4b5c6d7e8f\n  customer: anna\n  items:\n  - {string.Join("\n    ", lines)}\n"));

        Assert.Null(order);
        Assert.Equal(line, fault!.Line);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subject: 12345", 1, "subject is a number to YAML")]
    [InlineData("email: *mail", 2, "alias")]
    [InlineData("name: 2026-01-31", 3, "name is a date to YAML")]
    [InlineData("name: !!binary QW5u", 3, "tag")]
    [InlineData("phone: '1'", 4, "'phone' is unknown")]
    public void A_fault_of_a_customer_is_named_with_its_own_line(string field, long line, string reason)
    {
        string[] customer = ["subject: anna-1", "email: anna@example.com", "name: Anna"];
        string[] lines = line > 3 ? [.. customer, field] : [.. customer.Select(one => one.Split(':')[0] == field.Split(':')[0] ? field : one)];

        var (known, fault) = KnownCustomer.Map(Read($"- {string.Join("\n  ", lines)}\n"));

        Assert.Null(known);
        Assert.Equal(line, fault!.Line);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_are_waited_for_until_they_are_settled_and_counted_by_how()
    {
        await SellAsync();
        var settlement = new Settlement(_shop.Streams);

        var report = await _shop.ImportAsync(Orders(), settlement);

        Assert.Equal((4, 4, true), (report.Sent, report.Applied, report.AllThere));
        Assert.Equal(new Dictionary<string, int> { ["confirmed"] = 2, ["held"] = 1, ["rejected: insufficient_stock"] = 1 }, settlement.Ends);
    }

    [Fact]
    public async Task Importing_orders_again_sells_nothing_again_and_counts_the_same()
    {
        await SellAsync();
        await _shop.ImportAsync(Orders(), new Settlement(_shop.Streams));
        _shop.Put.Clear();
        var settlement = new Settlement(_shop.Streams);

        var report = await _shop.ImportAsync(Orders(), settlement);

        Assert.Empty(_shop.Put);
        Assert.Equal((0, 0, 4), (report.Sent, report.Applied, report.Unchanged));
        Assert.Equal(4, settlement.Ends.Values.Sum());
    }

    [Fact]
    public async Task Orders_that_nobody_settles_end_the_import_and_are_named()
    {
        await SellAsync();
        _shop.Sells = false;

        var stuck = await Assert.ThrowsAsync<OperatorException>(() => _shop.ImportAsync(Orders(), new Settlement(_shop.Streams)));

        Assert.Contains("4 streams have no end", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("EventsToOrders", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_are_registered_once_and_no_record_shows_address_or_name()
    {
        for (var i = 0; i < 2; i++)
        {
            var report = await _shop.ImportAsync([await AnnaAsync()], sequel: null);

            Assert.Equal((1 - i, i), (report.Applied, report.Unchanged));
        }

        var sent = Encoding.UTF8.GetString(CommandJson.Write(ShopContracts.Commands, Assert.Single(_shop.Put)));
        Assert.DoesNotContain("example.com", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", sent, StringComparison.Ordinal);
        var registered = Assert.IsType<UserRegistered>(Assert.Single(await _shop.Streams.ReadAsync(CustomerStreams.IdOf("anna-1"), ServerlessCqrs.EventStore.Log.HistoryBounds.Everything, Ct)).Event);
        Assert.Equal(("anna@example.com", "Anna"), (await _personal.OpenAsync(registered.Email, Ct), await _personal.OpenAsync(registered.Name!, Ct)));
    }

    [Theory]
    [InlineData("- {subject: anna}", "no email")]
    [InlineData("- {subject: \"an\\u0001na\", email: anna@example.com}", "its subject must be")]
    [InlineData("- {subject: anna, email: nonsense}", "its email is not an address")]
    [InlineData("- {subject: anna, email: 'anna@exa mple.com'}", "its email is not an address")]
    [InlineData("""- {subject: anna, email: anna@example.com, name: "a\nb"}""", "A name is one line")]
    public void A_broken_customer_says_why_and_shows_no_address(string yaml, string reason)
    {
        var (customer, fault) = KnownCustomer.Map(Read(yaml));

        Assert.Null(customer);
        Assert.Contains(reason, fault!.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("exa", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_customer_is_not_registered_again()
    {
        await _keys.EraseAsync("anna-1", Ct);

        await Assert.ThrowsAsync<PersonErasedException>(AnnaAsync);
    }

    /// <summary>Sells 50 pieces of one product, and two of an expensive one.</summary>
    private async Task SellAsync()
    {
        await _shop.DoAsync(InMemoryShop.Product(1), InMemoryShop.Create(1));
        await _shop.DoAsync(InMemoryShop.Product(2), InMemoryShop.Create(2, price: 6_000));
    }

    private IEnumerable<CommandRecord> Orders() => new[] { (1, 20), (1, 20), (1, 20), (2, 1) }.Select((item, i) =>
    {
        Assert.True(ProductStreams.TryParse(InMemoryShop.Product(item.Item1), out var product));
        return new SoldOrder(new Guid(i + 1, 1, 0, new byte[8]), $"customer-{i}", [new OrderLine(product, item.Item2)]).ToRecord(_shop.Time.GetUtcNow());
    });

    private async Task<CommandRecord> AnnaAsync() =>
        await KnownCustomer.Map(Read("- {subject: anna-1, email: anna@example.com, name: Anna}")).Customer!.ToRecordAsync(_personal, _shop.Time.GetUtcNow(), Ct);

    private static FileEntry Read(string yaml) => Assert.Single(FileReader.Read("sale.yaml", new StringReader(yaml)));
}
