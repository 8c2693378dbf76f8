using System.Text.Json;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Search;

public sealed class SearchProjectionSpecs
{
    private static readonly SearchProjection Projection = new();

    [Fact]
    public void What_can_be_searched_is_pinned_as_it_is_stored() => Assert.Equal(
        $$"""
        {"id":"{{Story.IdOf(1)}}","name":"Wireless Headphones 1","category":"audio","specifications":{"battery":["30","hours"],"weight":["250","g"]},"description":["they","play"],"price":90,"version":2,"createdAt":"2026-01-02T03:04:06+00:00"}
        """,
        JsonSerializer.Serialize(ItemOf(new Story(1).Price(90)).Document!, SearchJson.Default.SearchDocument));

    [Fact]
    public void A_new_price_or_stock_changes_no_posting()
    {
        var story = new Story(1);
        var before = ItemOf(story).Adds;

        var after = ItemOf(story.Price(90).Stock(0)).Adds;

        Assert.NotNull(before);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Another_category_changes_every_entry_and_another_name_only_its_words()
    {
        var before = EntriesOf(new Story(1));
        string[] renamed = ["jacketless (Name)", "wireless (Name)"];

        Assert.Equal(renamed, before.Except(EntriesOf(new Story(1).Revise(name: "Jacketless Headphones 1"))).Concat(EntriesOf(new Story(1).Revise(name: "Jacketless Headphones 1")).Except(before)).Select(entry => entry.Key).Order());
        Assert.Empty(before.Intersect(EntriesOf(new Story(1).Revise(category: "video"))));
    }

    [Fact]
    public void A_deleted_product_and_the_canary_are_found_by_nothing()
    {
        Assert.Equal((null, null), ItemOf(new Story(1).Delete()) is var item ? (item.Document, item.Adds) : default);
        Assert.Null(ItemOf(new Story(1, id: CanaryProduct.Id)).Adds);
    }

    [Fact]
    public void An_unknown_event_fails_loudly()
    {
        Assert.Throws<UnknownContractException>(() => Projection.Apply(null, new Story(1)[1].Unknown()));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(null, new Story(1).Price(90)[2]));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(ItemOf(new Story(1)).Document, new OrderStory(1)[1]));
    }

    private static IReadOnlyList<IndexEntry> EntriesOf(Story story) => [.. Projection.EntriesOf(ItemOf(story))];

    private static ReadModelItem<SearchDocument> ItemOf(Story story) => Projection.Fold(story.Events)!;
}
