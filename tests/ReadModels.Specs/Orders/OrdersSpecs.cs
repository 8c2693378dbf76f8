using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Orders;

/// <summary>The guarantees of every store of orders.</summary>
public abstract class OrdersSpecs
{
    private static readonly OrderProjection Projection = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customers_orders_come_newest_first_page_by_page_and_nobody_elses()
    {
        var (items, orders) = await OpenAsync();
        OrderStory[] own = [.. Enumerable.Range(1, 9).Select(number => new OrderStory(number).Random(number))];
        await items.SaveAsync(Projection, own);
        await items.SaveAsync(Projection, new OrderStory(20, customer: 2));

        foreach (var limit in new[] { 1, 4, 100 })
            Assert.Equal(own.Reverse().Select(order => order.Id), (await OfAsync(orders, "customer-1", limit)).Select(order => order.Id));
        Assert.Equal([OrderStory.IdOf(20)], (await OfAsync(orders, "customer-2", 10)).Select(order => order.Id));
        Assert.Empty(await OfAsync(orders, "customer-3", 10));
    }

    [Fact]
    public async Task An_order_is_found_as_it_is()
    {
        var (items, orders) = await OpenAsync();
        var story = new OrderStory(1).Confirm();
        await items.SaveAsync(Projection, story);

        var found = await orders.FindAsync(story.Id, Ct);

        Assert.Equal((OrderStatus.Confirmed, 29.7m, "USD", 2), (found!.Status, found.Total, found.Currency, found.Items.Count));
        Assert.Null(await orders.FindAsync(OrderStory.IdOf(2), Ct));
    }

    [Fact]
    public async Task The_summary_counts_what_was_placed_and_sums_what_is_sold_currency_by_currency()
    {
        var (items, orders) = await OpenAsync();
        Assert.Equivalent(new CustomerOrders(0, 0, [], null), await orders.SummaryAsync("customer-1", Ct), strict: true);
        OrderStory[] stories =
        [
            new OrderStory(5).Confirm(), new OrderStory(1, price: 100).Confirm(), new OrderStory(2, currency: "EUR").Confirm(), new OrderStory(3).Hold(), new OrderStory(4).Reject(), new OrderStory(9, customer: 2).Confirm(),
        ];
        foreach (var story in stories) await items.SaveAsync(Projection, story);

        Assert.Equivalent(
            new CustomerOrders(5, 3, [new Money(29.7m, "EUR"), new Money(326.7m, "USD")], new LastOrder(stories[0].Id, stories[0][1].At)),
            await orders.SummaryAsync("customer-1", Ct),
            strict: true);

        await items.SaveAsync(Projection, stories[1].Cancel(), stories[2].Cancel(), stories[3].Confirm());

        var after = await orders.SummaryAsync("customer-1", Ct);
        Assert.Equal((5, 2, stories[0].Id), (after.Orders, after.Confirmed, after.Last!.Id));
        Assert.Equal([new Money(59.4m, "USD")], after.Spent);
    }

    [Fact]
    public async Task A_cursor_of_another_customer_is_refused()
    {
        var (items, orders) = await OpenAsync();
        await items.SaveAsync(Projection, new OrderStory(1), new OrderStory(2));
        var cursor = (await orders.OfCustomerAsync("customer-1", 1, null, Ct)).Next;

        await Assert.ThrowsAsync<InvalidCursorException>(() => orders.OfCustomerAsync("customer-2", 1, cursor, Ct));
        await Assert.ThrowsAsync<InvalidCursorException>(() => orders.OfCustomerAsync("customer-1", 1, "nonsense", Ct));
    }

    /// <summary>Opens an empty store for each test.</summary>
    protected abstract Task<(IReadModel<OrderDocument> Items, IOrderQueries Orders)> OpenAsync();

    private static Task<IReadOnlyList<OrderDocument>> OfAsync(IOrderQueries orders, string customer, int limit) =>
        Saving.AllPagesAsync(async cursor => await orders.OfCustomerAsync(customer, limit, cursor, Ct) is var page ? (page.Orders, page.Next) : default, limit);
}

public sealed class InMemoryOrdersSpecs : OrdersSpecs
{
    protected override Task<(IReadModel<OrderDocument> Items, IOrderQueries Orders)> OpenAsync()
    {
        var orders = new InMemoryReadModel<OrderDocument>();
        return Task.FromResult<(IReadModel<OrderDocument>, IOrderQueries)>((orders, new OrderQueries(orders)));
    }
}

public sealed class DynamoOrdersV1Specs(DynamoFixture dynamo) : OrdersSpecs
{
    protected override async Task<(IReadModel<OrderDocument> Items, IOrderQueries Orders)> OpenAsync()
    {
        var orders = new DynamoReadModel<OrderDocument>(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.OrdersV1, Ct), ShopReadModels.OrderDocuments);
        return (orders, new OrderQueries(orders));
    }
}
