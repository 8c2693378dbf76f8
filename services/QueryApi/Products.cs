using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Auth;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi;

/// <summary>One product: its current state, the state after the reader's own write, or a past state.</summary>
public static class ProductRoutes
{
    public static IEndpointRouteBuilder MapProducts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{id}", Read)
            .TakesOnly(ProductParameters.Names)
            .AnswerWhenAway()
            .AskSingletonsOnly()
            .WithTags("Products")
            .WithSummary("Read a product")
            .WithDescription(
                "The ETag is the product's version, for If-Match of a write, then a dot and the revision of its review average, if it has reviews. "
                + "During the release of a second read-model version, some or all clients get its documents: they also have priceHistory and searchName, and their tags end with .v2. A client that sends a segment in Shop-Segment (1 to 64 ASCII characters, for example a session id) always gets the same version. "
                + "If the read model is unavailable or behind, and for version and asOf, the product is computed from its events: "
                + $"{AnswerHeaders.AnsweredFrom} is then {AnswerHeaders.EventStore}. {AnswerHeaders.MayLack} names what could not be read: {AnswerHeaders.NewestCommit}, or {ProductAnswer.Reviews} for their average and count.")
            .WithAnswerExample(ProductExamples.One)
            .Produces<ProductBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Read(
        string id,
        [Description("Reads your own write: the product at this version or later, never older. 503 if that version is not visible within about a second. 400 if it is more than 2,000 versions ahead.")] string? atLeastVersion,
        [Description("The product at exactly this version, with the reviews of that time.")] string? version,
        [Description("The product at this time, ISO 8601. Without an offset, UTC.")] string? asOf,
        HttpContext http,
        ProductVersions versions,
        ProductReader products,
        ProductFolds folds,
        CancellationToken ct)
    {
        if (!Uuid.TryParse(id, out var productId)) return ProductAnswer.NotFound.ToResult();
        if (!new ProductParameters(atLeastVersion, version, asOf).TryRead(out var asked, out var problem)) return problem.ToResult();
        var (from, stream) = (await versions.OfAsync(http.Request), ProductStreams.IdOf(productId));
        return asked switch
        {
            { AtLeast: { } least } => await products.ReadAtLeastAsync(from, stream, least, ct) is { } view ? AtLeast(least, view, http) : VersionParameter.TooFar("product", least).ToResult(),
            { Exactly: { } exact } => Exactly(exact, await folds.FoldPastAsync(from, stream, new HistoryBounds(ToVersion: exact), ct), http),
            { AsOf: { } time } => ProductAnswer.Of(await folds.FoldPastAsync(from, stream, new HistoryBounds(AsOf: time), ct), isCacheable: false, http),

            _ => ProductAnswer.Of(await products.ReadAsync(from, stream, ct), isCacheable: true, http),
        };
    }

    private static IResult AtLeast(long version, ProductView view, HttpContext http) => view.Version >= version
        ? ProductAnswer.Of(view, isCacheable: false, http)
        : VersionParameter.NotReached("product", version).ToResult();

    private static IResult Exactly(long version, ProductView view, HttpContext http) => view switch
    {
        { Version: var found } when found == version => ProductAnswer.Of(view, isCacheable: false, http),
        { Version: > 0, MayLackNewest: false } => new Problem(StatusCodes.Status404NotFound, "version_not_found", $"The product has no version {version} yet.").ToResult(),
        { MayLackNewest: true } => AwayAnswers.Away.ToResult(),
        _ => ProductAnswer.NotFound.ToResult(),
    };
}

/// <summary>
/// Selects the state of a product: the current one, at least a version, exactly a version, or as of a time. At most one
/// of these.
/// </summary>
public sealed record ProductParameters(
    string? AtLeastVersion,
    string? Version,
    string? AsOf)
{
    public static readonly string[] Names = ["atLeastVersion", "version", "asOf"];

    /// <summary>Reads the parameters. Returns false and the problem if they are invalid.</summary>
    public bool TryRead(out (long? AtLeast, long? Exactly, DateTimeOffset? AsOf) asked, [NotNullWhen(false)] out Problem? problem)
    {
        asked = default;
        problem = null;
        if (AtLeastVersion is null && Version is null && AsOf is null) return true;
        if (new[] { AtLeastVersion, Version, AsOf }.Count(value => value is not null) > 1)
            problem = new Problem(400, "parameters_exclusive", "Use only one of atLeastVersion, version and asOf.");
        else if (!VersionParameter.TryRead(AtLeastVersion, out asked.AtLeast) || !VersionParameter.TryRead(Version, out asked.Exactly))
            problem = VersionParameter.Invalid;
        else if (AsOf is not null && !IsoTime.TryRead(AsOf, out asked.AsOf))
            problem = IsoTime.Invalid;
        return problem is null;
    }
}

/// <summary>
/// Turns a product view into an HTTP response: the document with its version as tag, 404, 410, or 503 if it is unknown
/// whether the product exists.
/// </summary>
public static class ProductAnswer
{
    /// <summary>
    /// The value of a header when only the product's own events were read. The number of its reviews is then 0, and
    /// their average is null.
    /// </summary>
    public const string Reviews = "reviews";

    public static Problem NotFound { get; } = Problem.Of(ProductRefusals.ProductNotFound, "There is no such product.");

    /// <param name="isCacheable">True if the edge may cache an answer of the read model.</param>
    public static IResult Of(ProductView view, bool isCacheable, HttpContext http)
    {
        if (view.IsFolded) http.Response.Headers[AnswerHeaders.AnsweredFrom] = AnswerHeaders.EventStore;
        var shown = view.Document;
        if (Lacks(view, shown) is { Length: > 0 } lacks) http.Response.Headers[AnswerHeaders.MayLack] = lacks;
        return view switch
        {
            _ when shown is not null => new JsonAnswer(
                PlainJson.WriteUtf8(ProductBody.Of(shown), QueryApiJson.Default.ProductBody),
                EntityTags.OfVersion(view.Version, view.Rating?.Revision ?? 0, view.From.Tag),
                isCacheable && !view.IsFolded ? CacheFor.Products : CacheFor.NoOne),
            { Item: not null } => Problem.Of(ProductRefusals.AlreadyDeleted, "The product was deleted.").ToResult(),

            // The commit that could not be read may have created it.
            { MayLackNewest: true } => AwayAnswers.Away.ToResult(),
            _ => NotFound.ToResult(),
        };
    }

    private static string Lacks(ProductView view, ProductDocument? shown) => (view.MayLackNewest, shown is not null && view.Rating is null) switch
    {
        (true, true) => $"{AnswerHeaders.NewestCommit}, {Reviews}",
        (true, false) => AnswerHeaders.NewestCommit,
        (false, true) => Reviews,
        _ => "",
    };
}

/// <summary>The example answers about products on the OpenAPI page.</summary>
internal static class ProductExamples
{
    public const string One = """
        {
          "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "name": "Wireless Headphones",
          "slug": "wireless-headphones",
          "description": "Over the ear, and quiet",
          "category": "audio",
          "specifications": {"battery": "30 hours"},
          "inventory": {"quantity": 50, "warehouse": "WH_001"},
          "pricing": {"basePrice": 100, "currentPrice": 80, "discount": 20, "discountPercent": 20, "currency": "USD"},
          "images": [{"id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c02", "url": "https://images.example.org/headphones.jpg", "alt": "Black headphones"}],
          "averageRating": 4.5,
          "totalReviews": 12,
          "inStock": true,
          "seller": "seller-1",
          "version": 7,
          "createdAt": "2026-11-01T12:00:00.000Z",
          "updatedAt": "2026-11-02T09:30:00.000Z"
        }
        """;

    private const string Summary = """
        {
          "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "name": "Wireless Headphones",
          "slug": "wireless-headphones",
          "category": "audio",
          "currentPrice": 80,
          "discount": 20,
          "discountPercent": 20,
          "currency": "USD",
          "image": "https://images.example.org/headphones.jpg",
          "averageRating": 4.5,
          "totalReviews": 12,
          "inStock": true,
          "version": 7,
          "updatedAt": "2026-11-02T09:30:00.000Z"
        }
        """;

    public const string List = $$"""{"items": [{{Summary}}], "next": null}""";

    public const string Search = $$"""{"items": [{{Summary}}], "next": null, "total": 1, "partial": false}""";

    public const string Recommendations = $$"""{"items": [{"product": {{Summary}}, "orders": 17}]}""";

    public const string BestSellers = $$"""{"items": [{"product": {{Summary}}, "pieces": 230}]}""";
}
