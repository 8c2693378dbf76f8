using System.ComponentModel;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.History;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi;

/// <summary>The audit trail of a product, for its seller and for operators.</summary>
public static class HistoryRoutes
{
    private const string Example = """
        {
          "items": [
            {
              "commandId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c40",
              "stream": "product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
              "type": "UpdateProductPrice",
              "status": "applied",
              "version": 2,
              "actor": {"id": "seller-1", "role": "seller"},
              "issuedAt": "2026-11-02T10:00:00.000Z",
              "decidedAt": "2026-11-02T10:00:00.040Z",
              "events": [
                {
                  "id": "5b0c2d8e-6a0f-5c7e-8a4e-1f5d2c3b4a59",
                  "version": 2,
                  "type": "ProductPriceUpdated",
                  "typeVersion": 1,
                  "data": {"old": {"amount": 100, "currency": "USD"}, "new": {"amount": 80, "currency": "USD"}},
                  "changes": [{"path": "pricing.currentPrice", "before": 100, "after": 80}]
                }
              ]
            }
          ],
          "next": null
        }
        """;

    private static readonly Problem NotYours = Problem.Of(
        ProductRefusals.NotTheOwner,
        "Only the product's seller and operators can read its history.");

    public static IEndpointRouteBuilder MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{id}/history", Read)
            .RequireAuthorization(TokenAuthentication.AnyRole)
            .TakesOnly(HistoryParameters.Names)
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("History of a product: every accepted command and its outcome")
            .WithDescription(
                "For the product's seller and operators. Newest first. Each entry has the command's sender, time, cause and outcome, and the changes of each event. A page is also limited by bytes, so it may have fewer commands than its limit. "
                + $"{AnswerHeaders.MayLack}: {AnswerHeaders.NewestCommit} means that the newest commit could not be read.")
            .WithAnswerExample(Example)
            .Produces<HistoryBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Read(
        string id,
        [Description("How many commands, 1 to 100. Default: 20.")] string? limit,
        [Description("The value of next on the previous page.")] string? cursor,
        HttpContext http,
        HistoryReader history,
        GuardedTips tips,
        ProductSellers sellers,
        CancellationToken ct)
    {
        if (!Uuid.TryParse(id, out var productId)) return ProductAnswer.NotFound.ToResult();
        var stream = ProductStreams.IdOf(productId);
        if (!new HistoryParameters(limit, cursor).TryRead(stream, out var page, out var problem)) return problem.ToResult();

        var (tip, mayLack) = await FindTipAsync(tips, stream, ct);
        var caller = Caller.Of(http).Actor;
        if (caller.Role != Actor.Operator)
        {
            if (await sellers.FindAsync(stream, tip, ct) is not { } seller) return (mayLack ? AwayAnswers.Away : ProductAnswer.NotFound).ToResult();
            if (caller.Role != ShopRoles.Seller || seller != caller.Id) return NotYours.ToResult();
        }

        var (body, json) = (await Pages.FitAsync(page.Limit, QueryApiJson.Default.HistoryBody, async most => HistoryBody.Of(await history.ReadPageAsync(new TrailQuery(stream), tip, page.After, most, ct))))!.Value;
        if (body.Items.Count == 0 && page.After is null) return (mayLack ? AwayAnswers.Away : ProductAnswer.NotFound).ToResult();
        if (mayLack) http.Response.Headers[AnswerHeaders.MayLack] = AnswerHeaders.NewestCommit;
        Pages.LinkNext(http, body.Next);
        return Pages.Private(json.Length > Pages.MaxBytes ? PlainJson.WriteUtf8(body.WithoutChanges(), QueryApiJson.Default.HistoryBody) : json);
    }

    private static async Task<(StreamTip? Tip, bool MayLack)> FindTipAsync(GuardedTips tips, StreamId stream, CancellationToken ct)
    {
        try
        {
            return (await tips.FindAsync(stream, ct), false);
        }
        catch (DependencyAwayException)
        {
            return (null, true);
        }
    }
}

/// <summary>Finds the sellers of products, including deleted ones, whose documents no longer name them.</summary>
public sealed class ProductSellers(GuardedTips tips, GuardedLog log)
{
    /// <summary>
    /// Returns the seller in the product's first event, or null if there is none, or none that can be read.
    /// </summary>
    /// <exception cref="DependencyAwayException">The log is unavailable.</exception>
    public async Task<string?> FindAsync(StreamId product, StreamTip? tip, CancellationToken ct)
    {
        var first = tip?.Newest.Events.FirstOrDefault(e => e.Version == 1)
            ?? (await log.ReadStreamsAsync([product], new HistoryBounds(ToVersion: 1), ct)).GetValueOrDefault(product)?[0];
        return (first?.Event as ProductCreated)?.Seller;
    }

    /// <inheritdoc cref="FindAsync(StreamId, StreamTip?, CancellationToken)"/>
    /// <exception cref="DependencyAwayException">Tips or log are unavailable.</exception>
    public async Task<string?> FindAsync(StreamId product, CancellationToken ct) => await FindAsync(product, await tips.FindAsync(product, ct), ct);
}
