using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi.Orders;

/// <summary>Body of <c>POST /orders</c>. What it costs is not asked of the client.</summary>
/// <param name="Items">1 to 20 products, each once.</param>
/// <param name="Id">The new order's id; one is chosen where it is left out.</param>
public sealed record NewOrderBody(
    IReadOnlyList<OrderItemBody> Items,
    Guid? Id = null) : IJsonBody<NewOrderBody>
{
    public static JsonTypeInfo<NewOrderBody> Json => RequestJson.Default.NewOrderBody;

    public CreateOrder ToCommand(Sealed? email) => new([.. Items.Select(item => new OrderLine(item.ProductId, item.Quantity))], email);
}

/// <summary>So many pieces of a product.</summary>
/// <param name="Quantity">1 to 999.</param>
public sealed record OrderItemBody(
    Guid ProductId,
    int Quantity);
