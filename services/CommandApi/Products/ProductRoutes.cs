using System.ComponentModel;
using ServerlessCqrs.CommandApi.Answers;
using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.CommandApi.OpenApi;
using ServerlessCqrs.CommandApi.Requests;
using ServerlessCqrs.Http;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.CommandApi.Products;

/// <summary>The writes of sellers, on their products.</summary>
public static class ProductRoutes
{
    public static IEndpointRouteBuilder MapProducts(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products").WithTags("Products").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnknownParameters().RefuseUnreadable();
        products.MapPost("/", Create)
            .WithSummary("Puts a product on sale")
            .WithDescription("The caller becomes its seller, the price's currency its currency. The same create again changes nothing.")
            .Produces<AnswerBody>(StatusCodes.Status201Created)
            .WithExample(ProductExamples.New);
        products.MapMethods("/{id:uuid}/price", [HttpMethods.Post, HttpMethods.Put], UpdatePrice)
            .WithSummary("Sets the price")
            .WithDescription("Above 0, at most 10,000, in the product's currency. One change may not cut it by more than half.")
            .WithExample(ProductExamples.Price);
        products.MapPatch("/{id:uuid}", Revise)
            .WithSummary("Changes the description")
            .WithDescription("A merge patch (RFC 7396) of name, description, category and specifications; a specification set to null is removed.")
            .WithExample(ProductExamples.Patch);
        products.MapPost("/{id:uuid}/stock", AdjustStock)
            .WithSummary("Adds pieces to the stock, or takes them from it")
            .WithDescription("Relative, so send an Idempotency-Key: only with one is it safe to send again.")
            .WithExample(ProductExamples.Stock);
        products.MapPost("/{id:uuid}/images", AddImage)
            .WithSummary("Adds an image at the end")
            .WithDescription("The first image stands for the product in lists. The same image again changes nothing.")
            .WithExample(ProductExamples.Image);
        products.MapDelete("/{id:uuid}/images/{imageId:uuid}", RemoveImage)
            .WithSummary("Removes an image")
            .WithDescription("One that is not there, or not any more, changes nothing.");
        products.MapDelete("/{id:uuid}", Delete)
            .TakesParameters("reason")
            .WithSummary("Takes the product off sale for good")
            .WithDescription("What is left in stock is written off with it. Its history and its prices stay to be read.");
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

    private static Task<CommandAnswer> Delete(Guid id, [Description("Why, for the audit trail: one line of at most 500 characters.")] string? reason, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(ProductStreams.IdOf(id), new DeleteProduct(reason ?? "")), ct);
}
