using System.Text.Json.Serialization;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.History;

namespace ServerlessCqrs.QueryApi;

/// <summary>The JSON of answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(AnswerTime)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProductBody))]
[JsonSerializable(typeof(ProductListBody))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(PriceHistoryBody))]
[JsonSerializable(typeof(RecommendationsBody))]
[JsonSerializable(typeof(BestSellersBody))]
[JsonSerializable(typeof(ReviewListBody))]
[JsonSerializable(typeof(PendingReviewListBody))]
[JsonSerializable(typeof(OrderDocument))]
[JsonSerializable(typeof(OrderListBody))]
[JsonSerializable(typeof(CustomerOrders))]
[JsonSerializable(typeof(ProfileBody))]
[JsonSerializable(typeof(HistoryBody))]
internal sealed partial class QueryApiJson : JsonSerializerContext
{
    private static QueryApiJson? _plain;

    /// <inheritdoc cref="PlainJson"/>
    public static QueryApiJson Plain => _plain ??= new(PlainJson.OptionsOf(Default));
}
