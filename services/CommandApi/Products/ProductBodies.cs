using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi.Products;

/// <summary>Body of <c>POST /products</c>.</summary>
/// <param name="Id">The new product's id; one is chosen where it is left out.</param>
/// <param name="Price">Also fixes the product's currency.</param>
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
        // Named by place and address, so that the same create is the same command, whoever sends it again and under whichever key.
        [.. (Images ?? []).Select((image, i) => new NewImage(image.Id ?? CommandIds.Named(productId, $"{i}\n{image.Url}"), image.Url, image.Alt))]);
}

/// <summary>Body of <c>POST</c> or <c>PUT /products/{id}/price</c>.</summary>
/// <param name="Amount">Any JSON number above 0 with at most two digits after the point: 100, 100.00 and 1e2 are the same amount.</param>
/// <param name="Currency">ISO 4217; the one the product was created with.</param>
public sealed record PriceBody(
    decimal Amount,
    string Currency) : IJsonBody<PriceBody>
{
    // Dividing by one, with every digit a decimal has, drops the zeros at the end: 80.00 is told as 80.
    private const decimal One = 1.0000000000000000000000000000m;

    public static JsonTypeInfo<PriceBody> Json => RequestJson.Default.PriceBody;

    public Money ToMoney() => new(Amount / One, Currency);
}

/// <summary>Body of <c>PATCH /products/{id}</c>: a merge patch (RFC 7396). Name, description and category can be changed but not removed; a specification set to null is removed.</summary>
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
/// <param name="Delta">Pieces that came, or went where it is below zero: a whole number of digits alone, neither 1.0 nor 1e2.</param>
public sealed record StockBody(
    int Delta,
    string Reason) : IJsonBody<StockBody>
{
    public static JsonTypeInfo<StockBody> Json => RequestJson.Default.StockBody;
}

/// <summary>Body of <c>POST /products/{id}/images</c>.</summary>
/// <param name="Url">Absolute, https.</param>
/// <param name="Alt">What the image shows, for those who do not see it.</param>
/// <param name="Id">The image's id; one is chosen where it is left out.</param>
public sealed record ImageBody(
    string Url,
    string Alt = "",
    Guid? Id = null) : IJsonBody<ImageBody>
{
    public static JsonTypeInfo<ImageBody> Json => RequestJson.Default.ImageBody;
}
