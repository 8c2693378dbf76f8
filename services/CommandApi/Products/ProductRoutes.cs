using System.ComponentModel;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi.Products;

/// <summary>The writes of sellers, on their products.</summary>
public static class ProductRoutes
{
    public static IEndpointRouteBuilder MapProducts(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products").WithTags("Products").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnknownParameters().RefuseUnreadable();
        products.MapPost("/", Create)
            .WithSummary("Create a product")
            .WithDescription("The caller becomes the seller. The price's currency becomes the product's currency. The same request again changes nothing.")
            .Produces<AnswerBody>(StatusCodes.Status201Created)
            .WithBodyExample(ProductExamples.New);
        products.MapMethods("/{id:uuid}/price", [HttpMethods.Post, HttpMethods.Put], UpdatePrice)
            .WithSummary("Set the price")
            .WithDescription("The price must be above 0, at most 10,000, and in the product's currency. One change may not cut it by more than half.")
            .WithBodyExample(ProductExamples.Price);
        products.MapPatch("/{id:uuid}", Revise)
            .WithSummary("Change the description")
            .WithDescription("A merge patch (RFC 7396) of name, description, category and specifications. Null removes a specification.")
            .WithBodyExample(ProductExamples.Patch);
        products.MapPost("/{id:uuid}/stock", AdjustStock)
            .WithSummary("Adjust the stock")
            .WithDescription("The quantity is relative. Send an Idempotency-Key, so that a retry is safe.")
            .WithBodyExample(ProductExamples.Stock);
        products.MapPost("/{id:uuid}/images", AddImage)
            .WithSummary("Add an image")
            .WithDescription("Lists show the first image. The same image again changes nothing.")
            .WithBodyExample(ProductExamples.Image);
        products.MapDelete("/{id:uuid}/images/{imageId:uuid}", RemoveImage)
            .WithSummary("Remove an image")
            .WithDescription("Removing an unknown image changes nothing.");
        products.MapDelete("/{id:uuid}", Delete)
            .TakesParameters("reason")
            .WithSummary("Delete a product")
            .WithDescription("Its stock is written off. Its history and prices stay readable.");
        return routes;
    }

    private static Task<CommandAnswer> Create(WriteRequest<NewProductBody> request, CommandSender commands, TimeProvider time, CancellationToken ct)
    {
        if (request.Head.IdOf(request.Body.Id, time) is not { } id) return Task.FromResult(CommandAnswers.Refuse(WriteRequest.NoId));
        return commands.AnswerAsync(
            request.Head,
            new Write(
                ProductStreams.IdOf(id),
                request.Body.ToCommand(id),
                Location: $"/products/{id:D}",
                IsFresh: request.Body.Id is null && request.Head.Key is null),
            ct);
    }

    private static Task<CommandAnswer> UpdatePrice(Guid id, WriteRequest<PriceBody> request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request.Head, new Write(ProductStreams.IdOf(id), new UpdateProductPrice(request.Body.ToMoney())), ct);

    private static Task<CommandAnswer> Revise(Guid id, WriteRequest<ProductPatchBody> request, CommandSender commands, CancellationToken ct)
    {
        var patch = request.Body;
        return commands.AnswerAsync(
            request.Head,
            new Write(ProductStreams.IdOf(id), new ReviseProductDetails(patch.Name, patch.Description, patch.Category, patch.Specifications)),
            ct);
    }

    private static Task<CommandAnswer> AdjustStock(Guid id, WriteRequest<StockBody> request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request.Head, new Write(ProductStreams.IdOf(id), new AdjustInventory(request.Body.Delta, request.Body.Reason)), ct);

    private static Task<CommandAnswer> AddImage(Guid id, WriteRequest<ImageBody> request, CommandSender commands, TimeProvider time, CancellationToken ct)
    {
        var image = request.Body;
        return commands.AnswerAsync(
            request.Head,
            new Write(ProductStreams.IdOf(id), new AddProductImage(image.Id ?? request.Head.NewId(time), image.Url, image.Alt)),
            ct);
    }

    private static Task<CommandAnswer> RemoveImage(Guid id, Guid imageId, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(ProductStreams.IdOf(id), new RemoveProductImage(imageId)), ct);

    private static Task<CommandAnswer> Delete(Guid id, [Description("The reason for the audit trail: one line of at most 500 characters.")] string? reason, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(ProductStreams.IdOf(id), new DeleteProduct(reason ?? "")), ct);
}
