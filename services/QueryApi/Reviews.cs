using System.ComponentModel;
using System.Text.Json.Serialization;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi;

/// <summary>
/// The reviews of a product: approved ones for everybody, and pending ones for those who decide on them.
/// </summary>
public static class ReviewRoutes
{
    private const string ApprovedExample = """
        {
          "items": [{
            "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c20",
            "stars": 5,
            "title": "Loud",
            "text": "And light. I wear them all day.",
            "submittedAt": "2026-11-03T08:00:00.000Z",
            "approvedAt": "2026-11-03T10:15:00.000Z"
          }],
          "next": null
        }
        """;

    private const string PendingExample = """
        {
          "items": [{
            "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c20",
            "stars": 5,
            "title": "Loud",
            "text": "And light. I wear them all day.",
            "submittedAt": "2026-11-03T08:00:00.000Z"
          }],
          "next": null
        }
        """;

    private static readonly Problem NotTheSeller = Problem.Of(ReviewRefusals.NotTheSeller, "Only the product's seller, or an operator, sees reviews before they are approved.");

    public static IEndpointRouteBuilder MapReviews(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{id}/reviews", Approved)
            .TakesOnly("limit", "cursor")
            .AnswerWhenAway()
            .WithTags("Reviews")
            .WithSummary("Approved reviews of a product, latest first")
            .WithDescription("Title and text are null if their author was erased. next, and Link with rel=next, lead to the next page. The list may be some seconds behind. It is empty for a product without reviews, and for an unknown product.")
            .WithAnswerExample(ApprovedExample)
            .Produces<ReviewListBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/products/{id}/reviews/pending", Pending)
            .RequireAuthorization(TokenAuthentication.AnyRole)
            .TakesOnly("limit", "cursor")
            .AnswerWhenAway()
            .WithTags("Reviews")
            .WithSummary("Pending reviews of a product")
            .WithDescription("For the product's seller, even after the product is deleted, and operators. Oldest first. next, and Link with rel=next, lead to the next page.")
            .WithAnswerExample(PendingExample)
            .Produces<PendingReviewListBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Approved(
        string id,
        [Description("How many reviews, 1 to 100. Default: 20.")] string? limit,
        [Description("The value of next on the previous page.")] string? cursor,
        HttpContext http,
        ReviewPages reviews,
        CancellationToken ct)
    {
        if (!Uuid.TryParse(id, out var product)) return ProductAnswer.NotFound.ToResult();
        if (Pages.LimitOf(limit) is not { } count) return Pages.LimitInvalid.ToResult();
        var fitting = await Pages.FitAsync(count, QueryApiJson.Default.ReviewListBody, most => reviews.ApprovedAsync(product, most, cursor, ct));
        if (fitting is not var (page, json)) return Pages.CursorInvalid.ToResult();
        Pages.LinkNext(http, page.Next);
        return JsonAnswer.Of(json, CacheFor.Lists);
    }

    private static async Task<IResult> Pending(
        string id,
        [Description("How many reviews, 1 to 100. Default: 20.")] string? limit,
        [Description("The value of next on the previous page.")] string? cursor,
        HttpContext http,
        ReviewPages reviews,
        ProductVersions versions,
        ProductReader products,
        ProductSellers sellers,
        CancellationToken ct)
    {
        if (!Uuid.TryParse(id, out var product)) return ProductAnswer.NotFound.ToResult();
        if (Pages.LimitOf(limit) is not { } count) return Pages.LimitInvalid.ToResult();
        var caller = Caller.Of(http).Actor;
        if (caller.Role != Actor.Operator)
        {
            var stream = ProductStreams.IdOf(product);
            var view = await products.ReadAsync(await versions.OfAnyoneAsync(), stream, ct);
            if (view.Item is null) return ProductAnswer.Of(view, isCacheable: false, http);
            var seller = view.Document?.Seller ?? await sellers.FindAsync(stream, ct);
            if (caller.Role != ShopRoles.Seller || seller != caller.Id) return NotTheSeller.ToResult();
        }

        var fitting = await Pages.FitAsync(count, QueryApiJson.Default.PendingReviewListBody, most => reviews.PendingAsync(product, most, cursor, ct));
        if (fitting is not var (page, json)) return Pages.CursorInvalid.ToResult();
        Pages.LinkNext(http, page.Next);
        return Pages.Private(json);
    }
}

/// <summary>Reads lists of reviews, and opens the sealed words with their authors' keys.</summary>
public sealed class ReviewPages(IReviewQueries reviews, GuardedPersonalData personal, ReadModelCircuits circuits)
{
    /// <summary>
    /// Returns a product's approved reviews, the latest approval first, or null if the cursor is not from this list.
    /// </summary>
    /// <exception cref="DependencyAwayException">Reviews or keys cannot be read.</exception>
    public async Task<ReviewListBody?> ApprovedAsync(Guid product, int limit, string? cursor, CancellationToken ct)
    {
        var page = await circuits.Reviews.ReadPageAsync(token => reviews.ApprovedAsync(product, limit, cursor, token), ct);
        return page is null ? null : new ReviewListBody(
            await OpenAsync(page, (id, review, title, text) => new ApprovedReview(id, review.Stars, title, text, review.SubmittedAt, review.DecidedAt ?? review.SubmittedAt), ct),
            page.Next);
    }

    /// <summary>
    /// Returns a product's pending reviews, the oldest first, or null if the cursor is not from this list.
    /// </summary>
    /// <inheritdoc cref="ApprovedAsync"/>
    public async Task<PendingReviewListBody?> PendingAsync(Guid product, int limit, string? cursor, CancellationToken ct)
    {
        var page = await circuits.Reviews.ReadPageAsync(token => reviews.PendingAsync(product, limit, cursor, token), ct);
        return page is null ? null : new PendingReviewListBody(
            await OpenAsync(page, (id, review, title, text) => new PendingReview(id, review.Stars, title, text, review.SubmittedAt), ct),
            page.Next);
    }

    /// <summary>Opens the title first and then the text, so that each author's key is read once.</summary>
    private async Task<IReadOnlyList<TItem>> OpenAsync<TItem>(ReviewPage page, Func<Guid, WrittenReview, string?, string?, TItem> show, CancellationToken ct) =>
        await Task.WhenAll(page.Reviews
            .Where(document => document.Review is not null)
            .Select(async document => show(document.Id, document.Review!, await personal.OpenAsync(document.Review!.Title, ct), await personal.OpenAsync(document.Review.Text, ct))));
}

/// <summary>A page of a product's reviews.</summary>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record ReviewListBody(
    IReadOnlyList<ApprovedReview> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>A review for everybody, without its author.</summary>
/// <param name="Title">Null, like the text, if the author was erased.</param>
public sealed record ApprovedReview(
    Guid Id,
    int Stars,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Text,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ApprovedAt);

/// <summary>A page of pending reviews.</summary>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record PendingReviewListBody(
    IReadOnlyList<PendingReview> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>A review for those who decide on it.</summary>
/// <param name="Id">The id for <c>POST /reviews/{id}/approval</c> and <c>/rejection</c>.</param>
/// <param name="Title">Null, like the text, if the author was erased.</param>
public sealed record PendingReview(
    Guid Id,
    int Stars,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Text,
    DateTimeOffset SubmittedAt);
