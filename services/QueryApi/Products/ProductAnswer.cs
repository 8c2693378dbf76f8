using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>A view of a product in terms of HTTP: the document with its version as tag, 404, 410, or 503 where it cannot be told whether there is one.</summary>
public static class ProductAnswer
{
    /// <summary>What an answer may lack when only the product's own events were read: average and count of its reviews are 0.</summary>
    public const string Reviews = "reviews";

    public static Problem NotFound { get; } = Problem.Of(ProductRefusals.ProductNotFound, "There is no such product.");

    /// <param name="isCacheable">Whether the edge may keep it, if it was read from the read model.</param>
    public static IResult Of(ProductView view, bool isCacheable, HttpContext http)
    {
        if (view.IsFolded) http.Response.Headers[AnswerHeaders.AnsweredFrom] = AnswerHeaders.EventStore;
        var shown = view.Document;
        if (Lacks(view, shown) is { Length: > 0 } lacks) http.Response.Headers[AnswerHeaders.MayLack] = lacks;
        return view switch
        {
            _ when shown is not null => new JsonAnswer(
                shown is ProductDocumentV2 second
                    ? PlainJson.WriteUtf8(second, ProductJson.Default.ProductDocumentV2)
                    : PlainJson.WriteUtf8(shown, QueryApiJson.Default.ProductDocument),
                EntityTags.OfVersion(view.Version, view.Rating?.Revision ?? 0, view.From.Tag),
                isCacheable && !view.IsFolded ? CacheFor.Products : CacheFor.NoOne),
            { Item: not null } => Problem.Of(ProductRefusals.AlreadyDeleted, "The product was deleted.").ToResult(),

            // It may have been created by the commit that could not be read.
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
