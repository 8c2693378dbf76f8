using System.Text.Json;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class ProductProjectionV2Specs
{
    private static readonly ProductProjectionV2 Projection = new();

    [Fact]
    public void It_says_all_that_version_1_says_and_the_price_history_and_the_name_to_search_for()
    {
        var story = new Story(1, price: 100, name: "Café  CHAIRS, two").Price(80).Stock(3).Price(90);

        var json = JsonElement.Parse(Write(Fold(story)!));

        var first = JsonElement.Parse(ProductJson.Write(new ProductProjection().Fold(story.Events)!.Document!));
        foreach (var property in first.EnumerateObject()) Assert.True(JsonElement.DeepEquals(property.Value, json.GetProperty(property.Name)), property.Name);
        Assert.Equal(first.EnumerateObject().Select(property => property.Name).Concat(["priceHistory", "searchName"]), json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            [(story[1].At, 100m), (story[2].At, 80m), (story[4].At, 90m)],
            json.GetProperty("priceHistory").EnumerateArray().Select(point => (point.GetProperty("at").GetDateTimeOffset(), point.GetProperty("amount").GetDecimal())));
        Assert.Equal("cafe chairs two", json.GetProperty("searchName").GetString());
    }

    [Fact]
    public void It_keeps_the_newest_100_prices()
    {
        var story = Enumerable.Range(1, 130).Aggregate(new Story(1, price: 1000), (grown, step) => grown.Price(1000 + step));

        var history = Fold(story)!.PriceHistory;

        Assert.Equal(Enumerable.Range(31, 100).Select(step => 1000m + step), history.Select(point => point.Amount));
    }

    [Fact]
    public void What_is_stored_is_read_as_it_was_written_and_a_deleted_product_has_none()
    {
        var document = Fold(new Story(1).Price(80).Revise(name: "Grün"))!;

        Assert.Equal(Write(document), Write(JsonSerializer.Deserialize(Write(document), Projection.Json)!));
        Assert.Null(Fold(new Story(1).Delete()));
    }

    private static ProductDocumentV2? Fold(Story story) => Projection.Fold(story.Events)!.Document;

    private static string Write(ProductDocumentV2 document) => JsonSerializer.Serialize(document, Projection.Json);
}
