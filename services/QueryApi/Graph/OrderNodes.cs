using GraphQL.Types;
using ServerlessCqrs.Graph;
using ServerlessCqrs.ShopViews.Orders;

namespace ServerlessCqrs.QueryApi.Graph;

internal sealed class OrderNode : ObjectGraphType<OrderDocument>
{
    /// <summary>Most orders have fewer items. A larger order costs no more.</summary>
    private const int UsualItems = 5;

    public OrderNode()
    {
        Name = "Order";
        Description = "An order, for its customer and operators.";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(order => order.Source.Id);
        Field<NonNullGraphType<IdGraphType>>("customer").Resolve(order => order.Source.Customer);
        Field<NonNullGraphType<OrderStatusNode>>("status").Resolve(order => order.Source.Status);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrderItemNode>>>>("items").CostsEach(UsualItems).Resolve(order => order.Source.Items);
        Field<DecimalGraphType>("subtotal").Description("Null, like discount, total and currency, until every product has answered.").Resolve(order => order.Source.Subtotal);
        Field<DecimalGraphType>("discount").Description("The amount taken off the subtotal.").Resolve(order => order.Source.Discount);
        Field<DecimalGraphType>("total").Resolve(order => order.Source.Total);
        Field<StringGraphType>("currency").Resolve(order => order.Source.Currency);
        Field<StringGraphType>("code").Description("The stable code of a rejection.").Resolve(order => order.Source.Code);
        Field<StringGraphType>("reason").Description("Why it is held, was rejected or was cancelled.").Resolve(order => order.Source.Reason);
        Field<NonNullGraphType<IntGraphType>>("version").Resolve(order => order.Source.Version);
        Field<NonNullGraphType<AnswerTimeGraphType>>("createdAt").Resolve(order => order.Source.CreatedAt);
        Field<NonNullGraphType<AnswerTimeGraphType>>("updatedAt").Resolve(order => order.Source.UpdatedAt);
    }
}

internal sealed class OrderItemNode : ObjectGraphType<OrderDocumentItem>
{
    public OrderItemNode()
    {
        Name = "OrderItem";
        Field<NonNullGraphType<IdGraphType>>("productId").Resolve(item => item.Source.ProductId);
        Field<ProductSummaryNode>("product").Description("Null if the product is no longer on sale.").Resolve(SummaryBatch.Load);
        Field<NonNullGraphType<IntGraphType>>("quantity").Resolve(item => item.Source.Quantity);
        Field<DecimalGraphType>("unitPrice").Description("The price at the time of the reservation. Null until the product answers.").Resolve(item => item.Source.UnitPrice);
        Field<IdGraphType>("seller").Resolve(item => item.Source.Seller);
    }
}

internal sealed class OrderPageNode : ObjectGraphType<OrderListBody>
{
    public OrderPageNode()
    {
        Name = "OrderPage";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrderNode>>>>("items").Resolve(page => page.Source.Items);
        Field<StringGraphType>("next").Description(Paging.Next).Resolve(page => page.Source.Next);
    }
}

internal sealed class OrderStatusNode : EnumerationGraphType
{
    public OrderStatusNode()
    {
        Name = "OrderStatus";
        Add("PENDING", OrderStatus.Pending, "Items are being reserved.");
        Add("HELD", OrderStatus.Held, "An operator must decide.");
        Add("CONFIRMED", OrderStatus.Confirmed, "Sold.");
        Add("REJECTED", OrderStatus.Rejected, "Ended without a sale. See code and reason.");
        Add("CANCELLED", OrderStatus.Cancelled);
    }
}
