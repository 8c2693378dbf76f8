using System.ComponentModel;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Auth;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>One product: as it is, as its reader last left it, as it was.</summary>
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
            .Produces<ProductDocument>()
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
