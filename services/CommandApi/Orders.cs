using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi;

/// <summary>The writes of customers on their orders, and of operators on held orders.</summary>
public static class OrderRoutes
{
    public static IEndpointRouteBuilder MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").WithTags("Orders").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnknownParameters().RefuseUnreadable().RefuseErased();
        orders.MapPost("/", Create)
            .WithSummary("Place an order")
            .WithDescription(
                """
                The order is pending at first, and reserves each product at its current price. It is confirmed within a second or two, rejected if a product has too little stock, or held for an operator if it looks like fraud.
                `Prefer: wait` waits until the order is pending, not for the end. `GET /orders/{id}` shows its status. Mails go to the token's address, or to the customer's registered one. The same request again changes nothing.
                """)
            .Produces<AnswerBody>(StatusCodes.Status201Created)
            .WithBodyExample("""{"items": [{"productId": "6579c22f-be2b-444c-a52b-0116dd82df6c", "quantity": 2}]}""");
        orders.MapDelete("/{id:uuid}", Cancel)
            .TakesParameters("reason")
            .WithSummary("Cancel an order")
            .WithDescription("For its customer, until the order is rejected. Its items return to the stock once, however often it is cancelled.");
        orders.MapPost("/{id:uuid}/approval", Approve)
            .WithSummary("Approve a held order")
            .WithDescription("For an operator. The order is confirmed at once: its items are already reserved.");
        orders.MapPost("/{id:uuid}/rejection", Reject)
            .WithSummary("Reject a held order")
            .WithDescription("For an operator. The order's items return to the stock.")
            .WithBodyExample("""{"reason": "The address does not exist."}""");
        return routes;
    }

    internal static async Task<CommandAnswer> Create(WriteRequest<NewOrderBody> request, CommandSender commands, IPersonalData personal, TimeProvider time, CancellationToken ct)
    {
        var (head, body) = (request.Head, request.Body);
        var customer = head.Caller.Actor;
        if (customer.Role != ShopRoles.Customer) return CommandAnswers.Refuse(OrderRefusals.NotACustomer, "Only customers can order.");
        if (head.IdOf(body.Id, time) is not { } id) return CommandAnswers.Refuse(WriteRequest.NoId);
        var email = head.Caller.Email is { } address ? await personal.SealAsync(customer.Id, address, ct) : null;
        return await commands.AnswerAsync(
            head,
            new Write(
                OrderStreams.IdOf(id),
                body.ToCommand(email),
                ResourceOf(id),
                Creates: true,
                IsFresh: body.Id is null && head.Key is null,
                Requires: [UserRequirements.Active(customer.Id), .. body.Items.Select(item => ProductRequirements.OnSale(item.ProductId))]),
            ct);
    }

    internal static Task<CommandAnswer> Cancel(Guid id, [Description("The reason for the audit trail: one line of at most 500 characters.")] string? reason, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(OrderStreams.IdOf(id), new CancelOrder(reason ?? "No reason was given."), ResourceOf(id)), ct);

    private static Task<CommandAnswer> Approve(Guid id, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(OrderStreams.IdOf(id), new ApproveOrder(), ResourceOf(id)), ct);

    private static Task<CommandAnswer> Reject(Guid id, WriteRequest<RejectionBody> request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request.Head, new Write(OrderStreams.IdOf(id), new RejectOrder(request.Body.Reason), ResourceOf(id)), ct);

    private static Resource ResourceOf(Guid id) => new($"{id:D}", $"/orders/{id:D}");
}

/// <summary>Body of <c>POST /orders</c>. It contains no prices, because the products set them.</summary>
/// <param name="Items">1 to 20 distinct products.</param>
/// <param name="Id">The new order's id. The default is a new one.</param>
public sealed record NewOrderBody(
    IReadOnlyList<OrderItemBody> Items,
    Guid? Id = null) : IJsonBody<NewOrderBody>
{
    public static JsonTypeInfo<NewOrderBody> Json => RequestJson.Default.NewOrderBody;

    public CreateOrder ToCommand(Sealed? email) => new([.. Items.Select(item => new OrderLine(item.ProductId, item.Quantity))], email);
}

/// <summary>A product and a quantity in pieces.</summary>
/// <param name="Quantity">1 to 999.</param>
public sealed record OrderItemBody(
    Guid ProductId,
    int Quantity);
