using GraphQL;
using ServerlessCqrs.Graph;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi.Graph;

/// <summary>Resolves the fields that read a store, with the readers of REST.</summary>
internal static class Reading
{
    public static async Task<object?> ProductAsync(IResolveFieldContext context)
    {
        if (!Uuid.TryParse(context.GetArgument<string>("id"), out var id)) return null;
        var (stream, least) = (ProductStreams.IdOf(id), AtLeast(context));
        var from = await context.Service<ProductVersions>().OfAsync(context.Request().Http.Request);
        var products = context.Service<ProductReader>();
        var view = least is { } version
            ? await products.ReadAtLeastAsync(from, stream, version, context.CancellationToken) ?? throw new ProblemError(VersionParameter.TooFar("product", version))
            : await products.ReadAsync(from, stream, context.CancellationToken);
        if (view is { Item: null, MayLackNewest: true }) throw new ProblemError(AwayAnswers.Away);
        if (view.Version < least) throw new ProblemError(VersionParameter.NotReached("product", least.Value));
        // A product that does not exist yet may be created at any moment.
        if (least is not null || view.Document is null || view.IsFolded || view.MayLackNewest) context.Request().KeepOutOfCaches();
        return view.Document;
    }

    public static async Task<object?> ProductsAsync(IResolveFieldContext context)
    {
        var (limit, cursor) = context.Page();
        if (!new BrowseParameters(context.GetArgument<string?>("category"), null, null, cursor, null).TryRead(out var browse, out _, out var problem))
            throw new ProblemError(problem);
        var versions = context.Service<ProductVersions>();
        var catalogue = (await versions.OfAsync(context.Request().Http.Request)).Catalogue;
        browse = browse with { Limit = limit, Sort = context.GetArgument<ProductSort>("sort") };
        var page = await context.Service<ReadModelCircuits>().Lists.ReadPageAsync(token => catalogue.BrowseAsync(browse, token), context.CancellationToken);
        if (page is { Items.Count: 0 }) versions.EnsureKnown();
        return page is null ? throw new ProblemError(Pages.CursorInvalid) : new ProductListBody([.. page.Items.Select(ProductSummaryBody.Of)], page.Next);
    }

    public static async Task<object?> SearchAsync(IResolveFieldContext context)
    {
        var (limit, cursor) = context.Page();
        var (least, most) = (context.GetArgument<decimal?>("minPrice"), context.GetArgument<decimal?>("maxPrice"));
        var asked = new SearchParameters(context.GetArgument<string>("text"), context.GetArgument<string?>("category"), Text(least), Text(most), null, null, cursor);
        if (!asked.TryRead(out var query, out var problem)) throw new ProblemError(problem);
        query = query with { Limit = limit, Sort = context.GetArgument<ProductSearchSort>("sort") };
        return await context.Service<SearchReader>().ReadAsync(query, context.CancellationToken) ?? throw new ProblemError(Pages.CursorInvalid);

        static string? Text(decimal? price) => price?.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public static async Task<object?> BestSellersAsync(IResolveFieldContext context)
    {
        var best = await context.Service<RankingReader>().BestSellersAsync(context.GetArgument<string?>("category"), context.GetArgument<int>("limit"), context.CancellationToken);
        return best.Select(product => new BestSellingProduct(ProductSummaryBody.Of(product.Product), product.Count));
    }

    public static async Task<object?> BoughtTogetherAsync(IResolveFieldContext<ProductDocument> context)
    {
        var others = await context.Service<RankingReader>().BoughtTogetherAsync(context.Source.Id, context.GetArgument<int>("limit"), context.CancellationToken);
        return others.Select(other => new RecommendedProduct(ProductSummaryBody.Of(other.Product), other.Count));
    }

    public static async Task<object?> ReviewsAsync(IResolveFieldContext<ProductDocument> context)
    {
        var (limit, cursor) = context.Page();
        return await context.Service<ReviewPages>().ApprovedAsync(context.Source.Id, limit, cursor, context.CancellationToken)
            ?? throw new ProblemError(Pages.CursorInvalid);
    }

    public static async Task<object?> OrderAsync(IResolveFieldContext context)
    {
        if (!Uuid.TryParse(context.GetArgument<string>("id"), out var id)) return null;
        var (caller, least) = (Caller.Of(context.Request().Http).Actor, AtLeast(context));
        var view = await context.Service<OrderReader>().ReadAsync(id, caller, least, context.CancellationToken)
            ?? throw new ProblemError(VersionParameter.TooFar("order", least!.Value));
        if (view is { Order: null, MayLackNewest: true }) throw new ProblemError(AwayAnswers.Away);
        if (view.Order?.Version < least) throw new ProblemError(VersionParameter.NotReached("order", least.Value));
        return view.Order;
    }

    public static async Task<object?> OrdersAsync(IResolveFieldContext context)
    {
        var (limit, cursor) = context.Page();
        var customer = Caller.Of(context.Request().Http).Actor.Id;
        var orders = context.Service<IOrderQueries>();
        var page = await context.Service<ReadModelCircuits>().Orders.ReadPageAsync(token => orders.OfCustomerAsync(customer, limit, cursor, token), context.CancellationToken);
        return page is null ? throw new ProblemError(Pages.CursorInvalid) : new OrderListBody(page.Orders, page.Next);
    }

    private static long? AtLeast(IResolveFieldContext context) => context.GetArgument<int?>("atLeastVersion") switch
    {
        null => null,
        < 1 => throw new ProblemError(VersionParameter.Invalid),
        var version => version,
    };
}
