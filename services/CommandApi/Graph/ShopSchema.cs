using GraphQL;
using GraphQL.Types;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Graph;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi.Graph;

/// <summary>The shop's writes in GraphQL. <c>docs/mutations.graphql</c> is its text.</summary>
public sealed class ShopSchema : Schema
{
    public ShopSchema()
    {
        Description = "A product shop. Mutations only: send queries to GET /graphql, or with a token to POST /graphql/query.";
        Query = new Nothing();
        Mutation = new ShopMutations();
        this.WithIntrospectionComplexityImpact(0);
    }

    /// <summary>Every schema must have a query.</summary>
    private sealed class Nothing : ObjectGraphType
    {
        public Nothing()
        {
            Name = "Query";
            Field<StringGraphType>("queries").Description("Send queries to GET /graphql, or with a token to POST /graphql/query.");
        }
    }
}

/// <summary>
/// Each mutation is a route of REST: the same command, checks and codes. A field may be null, so an error of one
/// mutation does not hide the answers of the others.
/// </summary>
internal sealed class ShopMutations : ObjectGraphType
{
    public ShopMutations()
    {
        Name = "Mutation";
        Field<ReplyNode>("createProduct")
            .Description("Creates a product of the caller.")
            .Argument<NonNullGraphType<NewProductNode>>("product")
            .Sends((context, request) => ProductRoutes.Create(
                new WriteRequest<NewProductBody>(request, context.GetArgument<NewProduct>("product").ToBody()),
                context.Service<CommandSender>(),
                context.Service<TimeProvider>(),
                context.CancellationToken));
        Field<ReplyNode>("setPrice")
            .Description("Sets the price of a product.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .Argument<NonNullGraphType<DecimalGraphType>>("amount")
            .Argument<NonNullGraphType<StringGraphType>>("currency")
            .Sends((context, request) => ProductRoutes.UpdatePrice(
                context.Id(),
                new WriteRequest<PriceBody>(request, new PriceBody(context.GetArgument<decimal>("amount"), context.GetArgument<string>("currency"))),
                context.Service<CommandSender>(),
                context.CancellationToken));
        Field<ReplyNode>("adjustStock")
            .Description("Adds pieces to the stock of a product, or takes some.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .Argument<NonNullGraphType<IntGraphType>>("delta")
            .Argument<NonNullGraphType<StringGraphType>>("reason")
            .Sends((context, request) => ProductRoutes.AdjustStock(
                context.Id(),
                new WriteRequest<StockBody>(request, new StockBody(context.GetArgument<int>("delta"), context.GetArgument<string>("reason"))),
                context.Service<CommandSender>(),
                context.CancellationToken));
        Field<ReplyNode>("deleteProduct")
            .Description("Deletes a product. Its history and prices stay readable.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .Argument<StringGraphType>("reason")
            .Sends((context, request) => ProductRoutes.Delete(
                context.Id(), context.GetArgument<string?>("reason"), request, context.Service<CommandSender>(), context.CancellationToken));
        Field<ReplyNode>("placeOrder")
            .Description("Places an order of the caller. The products set the prices.")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<OrderItemNode>>>>("items")
            .Argument<IdGraphType>("id", "The new order's id. The default is a new one.")
            .Sends((context, request) => OrderRoutes.Create(
                new WriteRequest<NewOrderBody>(request, new NewOrderBody(context.GetArgument<List<OrderItemBody>>("items"), context.OptionalId("id"))),
                context.Service<CommandSender>(),
                context.Service<IPersonalData>(),
                context.Service<TimeProvider>(),
                context.CancellationToken));
        Field<ReplyNode>("cancelOrder")
            .Description("Cancels an order of the caller. Its items return to the stock.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .Argument<StringGraphType>("reason")
            .Sends((context, request) => OrderRoutes.Cancel(
                context.Id(), context.GetArgument<string?>("reason"), request, context.Service<CommandSender>(), context.CancellationToken));
    }
}
