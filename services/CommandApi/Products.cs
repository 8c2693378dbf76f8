using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi;

/// <summary>The writes of sellers on their products.</summary>
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

    internal static Task<CommandAnswer> Create(WriteRequest<NewProductBody> request, CommandSender commands, TimeProvider time, CancellationToken ct)
    {
        if (request.Head.IdOf(request.Body.Id, time) is not { } id) return Task.FromResult(CommandAnswers.Refuse(WriteRequest.NoId));
        return commands.AnswerAsync(
            request.Head,
            new Write(
                ProductStreams.IdOf(id),
                request.Body.ToCommand(id),
                ResourceOf(id),
                Creates: true,
                IsFresh: request.Body.Id is null && request.Head.Key is null),
            ct);
    }

    internal static Task<CommandAnswer> UpdatePrice(Guid id, WriteRequest<PriceBody> request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request.Head, new Write(ProductStreams.IdOf(id), new UpdateProductPrice(request.Body.ToMoney()), ResourceOf(id)), ct);

    private static Task<CommandAnswer> Revise(Guid id, WriteRequest<ProductPatchBody> request, CommandSender commands, CancellationToken ct)
    {
        var patch = request.Body;
        return commands.AnswerAsync(
            request.Head,
            new Write(
                ProductStreams.IdOf(id),
                new ReviseProductDetails(patch.Name, patch.Description, patch.Category, patch.Specifications),
                ResourceOf(id)),
            ct);
    }

    internal static Task<CommandAnswer> AdjustStock(Guid id, WriteRequest<StockBody> request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request.Head, new Write(ProductStreams.IdOf(id), new AdjustInventory(request.Body.Delta, request.Body.Reason), ResourceOf(id)), ct);

    private static Task<CommandAnswer> AddImage(Guid id, WriteRequest<ImageBody> request, CommandSender commands, TimeProvider time, CancellationToken ct)
    {
        var image = request.Body;
        return commands.AnswerAsync(
            request.Head,
            new Write(
                ProductStreams.IdOf(id),
                new AddProductImage(image.Id ?? request.Head.NewId(time), image.Url, image.Alt),
                ResourceOf(id)),
            ct);
    }

    private static Task<CommandAnswer> RemoveImage(Guid id, Guid imageId, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(ProductStreams.IdOf(id), new RemoveProductImage(imageId), ResourceOf(id)), ct);

    internal static Task<CommandAnswer> Delete(Guid id, [Description("The reason for the audit trail: one line of at most 500 characters.")] string? reason, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(ProductStreams.IdOf(id), new DeleteProduct(reason ?? ""), ResourceOf(id)), ct);

    private static Resource ResourceOf(Guid id) => new($"{id:D}", $"/products/{id:D}");
}

/// <summary>Body of <c>POST /products</c>.</summary>
/// <param name="Id">The new product's id. The default is a new one.</param>
/// <param name="Price">Also sets the product's currency.</param>
public sealed record NewProductBody(
    string Name,
    string Category,
    PriceBody Price,
    int Quantity,
    string Warehouse,
    Guid? Id = null,
    string Description = "",
    IReadOnlyDictionary<string, string>? Specifications = null,
    IReadOnlyList<ImageBody>? Images = null) : IJsonBody<NewProductBody>
{
    public static JsonTypeInfo<NewProductBody> Json => RequestJson.Default.NewProductBody;

    public CreateProduct ToCommand(Guid productId) => new(
        Name,
        Description,
        Category,
        Price.ToMoney(),
        Quantity,
        Warehouse,
        Specifications ?? new Dictionary<string, string>(),
        // The id depends on place and URL, so that a repeated create is the same command, from any client and with any
        // key.
        [.. (Images ?? []).Select((image, i) => new NewImage(image.Id ?? CommandIds.Named(productId, $"{i}\n{image.Url}"), image.Url, image.Alt))]);
}

/// <summary>Body of <c>POST</c> or <c>PUT /products/{id}/price</c>.</summary>
/// <param name="Amount">Any JSON number above 0 with at most two digits after the point. 100, 100.00 and 1e2 are the
/// same amount.</param>
/// <param name="Currency">The product's currency (ISO 4217).</param>
public sealed record PriceBody(
    decimal Amount,
    string Currency) : IJsonBody<PriceBody>
{
    // Dividing by one with all digits of a decimal drops the trailing zeros: 80.00 is written as 80.
    private const decimal One = 1.0000000000000000000000000000m;

    public static JsonTypeInfo<PriceBody> Json => RequestJson.Default.PriceBody;

    public Money ToMoney() => new(Amount / One, Currency);
}

/// <summary>
/// Body of <c>PATCH /products/{id}</c>: a merge patch (RFC 7396). Name, description and category can be changed but not
/// removed. A specification set to null is removed.
/// </summary>
public sealed record ProductPatchBody : IJsonBody<ProductPatchBody>
{
    public static JsonTypeInfo<ProductPatchBody> Json => RequestJson.Default.ProductPatchBody;

    public static IReadOnlyList<string> ContentTypes => ["application/merge-patch+json", "application/json"];

    [DisallowNull]
    public string? Name { get; init; }

    [DisallowNull]
    public string? Description { get; init; }

    [DisallowNull]
    public string? Category { get; init; }

    [DisallowNull]
    public IReadOnlyDictionary<string, string?>? Specifications { get; init; }
}

/// <summary>Body of <c>POST /products/{id}/stock</c>.</summary>
/// <param name="Delta">The added pieces, or the removed ones if negative. It is a whole number of digits only: neither
/// 1.0 nor 1e2.</param>
public sealed record StockBody(
    int Delta,
    string Reason) : IJsonBody<StockBody>
{
    public static JsonTypeInfo<StockBody> Json => RequestJson.Default.StockBody;
}

/// <summary>Body of <c>POST /products/{id}/images</c>.</summary>
/// <param name="Url">An absolute https URL.</param>
/// <param name="Alt">Describes the image for people who cannot see it.</param>
/// <param name="Id">The image's id. The default is a new one.</param>
public sealed record ImageBody(
    string Url,
    string Alt = "",
    Guid? Id = null) : IJsonBody<ImageBody>
{
    public static JsonTypeInfo<ImageBody> Json => RequestJson.Default.ImageBody;
}

/// <summary>What commands of other streams require of a product.</summary>
internal static class ProductRequirements
{
    /// <summary>The product exists or existed.</summary>
    public static Requirement Exists(Guid id) => Requirement.Exists(
        ProductStreams.IdOf(id),
        Problem.Of(ProductRefusals.ProductNotFound, "There is no such product."));

    /// <summary>The product exists and is on sale.</summary>
    public static Requirement OnSale(Guid id) => new(
        ProductStreams.IdOf(id),
        Missing: Problem.Of(ProductRefusals.ProductNotFound, $"There is no product {id:D}."),
        Against: state => state is ProductState.Deleted
            ? Problem.Of(ProductRefusals.AlreadyDeleted, $"The product {id:D} was deleted.")
            : null);
}

/// <summary>The example bodies on the OpenAPI page.</summary>
internal static class ProductExamples
{
    public const string New = """
        {
          "name": "Wireless Headphones",
          "description": "Over the ear, and quiet",
          "category": "audio",
          "price": {"amount": 100, "currency": "USD"},
          "quantity": 50,
          "warehouse": "WH_001",
          "specifications": {"battery": "30 hours"},
          "images": [{"url": "https://images.example.org/headphones.jpg", "alt": "Black headphones"}]
        }
        """;

    public const string Price = """{"amount": 100, "currency": "USD"}""";

    public const string Patch = """{"name": "Wireless Headphones II", "specifications": {"battery": "40 hours", "colour": null}}""";

    public const string Stock = """{"delta": -3, "reason": "damaged"}""";

    public const string Image = """{"url": "https://images.example.org/headphones-2.jpg", "alt": "Folded"}""";
}
