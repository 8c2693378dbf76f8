using System.ComponentModel;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.OpenApi;
using ServerlessCqrs.QueryApi.Problems;
using ServerlessCqrs.QueryApi.Versions;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>One product: as it is, as its reader last left it, as it was.</summary>
public static class ProductRoutes
{
    public static IEndpointRouteBuilder MapProducts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{id}", Read)
            .TakesOnly(ProductParameters.Names)
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("One product")
            .WithDescription(
                "The ETag is the product's version, as If-Match of a write takes it, and after a dot the revision of its reviews' average and count, if it has any. "
                + "While a second version of the read model is being released, it answers some clients or all of them: its documents also have priceHistory and searchName, and its tags end with .v2. A client that names a segment in Shop-Segment (1 to 64 characters of ASCII, as in a session's id) is always among the same. "
                + "Where the read model is away or behind, and for version and asOf, the product is folded from its events: "
                + $"then {AnswerHeaders.AnsweredFrom} says {AnswerHeaders.EventStore}, and {AnswerHeaders.MayLack} {AnswerHeaders.NewestCommit} where the newest commit could not be read, {AnswerHeaders.Reviews} where average and count of the reviews were not.")
            .WithExample(ProductExamples.One)
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
        [Description("Read your own writes: the product at this version or a later one, never an older one. 503 where that is not known within a second or so; 400 where it lies more than 2,000 versions beyond the newest.")] string? atLeastVersion,
        [Description("The product as it was at exactly this version, with the reviews that counted when it came to be.")] string? version,
        [Description("The product as it was at this time, ISO 8601; UTC where it names no offset.")] string? asOf,
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
