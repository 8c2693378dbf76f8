using System.Text.Json;
using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>The orders, version 1: a table by stream, with an index by customer. A customer's summary is the aggregate on the item of the customer's stream.</summary>
public sealed class DynamoOrdersV1(IAmazonDynamoDB db, string table, DynamoPauses? pauses = null)
    : DynamoReadModel<OrderDocument>(db, table, new OrderProjection(), pauses, "customer", "newestKey"), IOrderQueries
{
    private readonly DynamoList _lists = new(new DynamoIndex(db, table, "by-customer", "customer", "newestKey"), "newestKey");

    public async Task<OrderDocument?> FindAsync(Guid order, CancellationToken ct) =>
        (await LoadAsync([OrderStreams.IdOf(order)], ct)).Values.SingleOrDefault() is { } item ? item.Fault is { } fault ? throw fault : item.Document : null;

    public async Task<OrderPage> OfCustomerAsync(string customer, int limit, string? cursor, CancellationToken ct)
    {
        var (items, next) = await _lists.ReadAsync(customer, descending: true, limit, cursor, ct);
        return new OrderPage([.. items.Select(item => JsonSerializer.Deserialize(item["doc"].S, OrderJson.Default.OrderDocument)!)], next);
    }

    public async Task<CustomerOrders> SummaryAsync(string customer, CancellationToken ct) =>
        CustomerOrders.Of((await Items.LoadAsync([CustomerStreams.IdOf(customer)], null, ct)).Select(DynamoAggregates.Read).SingleOrDefault());

    protected override IReadOnlyDictionary<string, string> Index(OrderDocument document) => new Dictionary<string, string>
    {
        ["customer"] = document.Customer,
        ["newestKey"] = TimeKey.Of(document.CreatedAt, document.Id),
    };
}
