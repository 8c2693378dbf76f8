using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class ProductProjectionSpecs
{
    private static readonly ProductProjection Projection = new();

    [Fact]
    public void A_created_product_is_a_document_with_all_it_was_created_with()
    {
        var story = new Story(1);

        var document = DocumentOf(story);

        Assert.Equal(
            $$"""
            {"id":"{{story.Id}}","name":"Wireless Headphones 1","slug":"wireless-headphones-1","description":"They play.","category":"audio","specifications":{"battery":"30 hours","weight":"250 g"},"inventory":{"quantity":5,"warehouse":"WH_001"},"pricing":{"basePrice":100,"currentPrice":100,"discount":0,"currency":"USD"},"images":[{"id":"{{story.ImageId(0)}}","url":"https://images.example/0.jpg","alt":"front"}],"averageRating":0,"totalReviews":0,"inStock":true,"seller":"seller-1","version":1,"createdAt":"2026-01-02T03:04:06+00:00","updatedAt":"2026-01-02T03:04:06+00:00"}
            """,
            ProductJson.Write(document));
    }

    [Theory]
    [InlineData(100, 80, 20)]
    [InlineData(90, 60, 33.33)]
    [InlineData(100, 150, 0)]
    [InlineData(100, 0.01, 99.99)]
    public void The_discount_is_the_percentage_below_the_base_price(double basePrice, double price, double discount)
    {
        var pricing = DocumentOf(new Story(1, (decimal)basePrice).Price((decimal)price)).Pricing;

        Assert.Equal(new ProductPricing((decimal)basePrice, (decimal)price, (decimal)discount, "USD"), pricing);
    }

    [Fact]
    public void A_product_without_pieces_is_not_in_stock()
    {
        Assert.False(DocumentOf(new Story(1, quantity: 0)).InStock);
        Assert.False(DocumentOf(new Story(1).Stock(0)).InStock);
        Assert.True(DocumentOf(new Story(1).Stock(0).Stock(1)).InStock);
        Assert.Equal(1, DocumentOf(new Story(1).Stock(0).Stock(1)).Inventory.Quantity);
    }

    [Fact]
    public void Pieces_that_orders_reserve_are_not_in_stock_and_those_that_come_back_are()
    {
        var reserved = DocumentOf(new Story(1).Reserve(order: 1, quantity: 2).Reserve(order: 2, quantity: 3));
        Assert.Equal((0, false), (reserved.Inventory.Quantity, reserved.InStock));

        var released = DocumentOf(new Story(1).Reserve(order: 1, quantity: 5).Release(1));
        Assert.Equal((5, true), (released.Inventory.Quantity, released.InStock));

        var returned = DocumentOf(new Story(1).Reserve(order: 1, quantity: 5).Complete(1).Return(1, quantity: 5));
        Assert.Equal((5, true), (returned.Inventory.Quantity, returned.InStock));
    }

    [Fact]
    public void What_only_orders_need_to_know_changes_nothing_but_time_and_version()
    {
        var story = new Story(1).Reserve(order: 1, quantity: 2);
        var before = DocumentOf(story);

        var after = DocumentOf(story.Complete(1).Decline(2).Bar(3));

        Assert.Equal(5, after.Version);
        Assert.Equal(story[5].At, after.UpdatedAt);
        Assert.Equal(ProductJson.Write(before), ProductJson.Write(after with { Version = before.Version, UpdatedAt = before.UpdatedAt }));
    }

    [Fact]
    public void A_new_name_makes_a_new_slug()
    {
        var document = DocumentOf(new Story(1).Revise(name: "Kabellose Kopfhörer"));

        Assert.Equal(("Kabellose Kopfhörer", "kabellose-kopfhorer", "audio"), (document.Name, document.Slug, document.Category));
    }

    [Fact]
    public void Specifications_are_merged_and_keep_the_order_of_their_names()
    {
        var document = DocumentOf(new Story(1).Revise(specifications: [("battery", null), ("aux", "yes")]).Revise(specifications: ("battery", "40 hours")));

        Assert.Equal([new("aux", "yes"), new("battery", "40 hours"), new("weight", "250 g")], document.Specifications);
    }

    [Fact]
    public void Images_keep_their_order()
    {
        var story = new Story(1).AddImage(2).AddImage(1).RemoveImage(0).AddImage(3);

        Assert.Equal([story.ImageId(2), story.ImageId(1), story.ImageId(3)], DocumentOf(story).Images.Select(image => image.Id));
    }

    [Fact]
    public void Time_and_version_are_those_of_the_last_event()
    {
        var story = new Story(1).Stock(3).Price(90);

        var document = DocumentOf(story);

        Assert.Equal((3, story[3].At, story[1].At), (document.Version, document.UpdatedAt, document.CreatedAt));
    }

    [Fact]
    public void A_deleted_product_leaves_its_version_and_no_document()
    {
        var story = new Story(1).Delete();

        Assert.Equal(new ReadModelItem<ProductDocument>(story.Stream, 2, null, story[2].At), Projection.Fold(story.Events));
    }

    [Fact]
    public void An_order_that_asks_for_a_deleted_product_does_not_raise_it()
    {
        var story = new Story(1).Delete().Decline(1);

        Assert.Equal(new ReadModelItem<ProductDocument>(story.Stream, 3, null, story[3].At), Projection.Fold(story.Events));
    }

    [Fact]
    public void An_unknown_event_fails_loudly()
    {
        var story = new Story(1);

        Assert.Throws<UnknownContractException>(() => Projection.Apply(null, story[1].Unknown()));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(
            DocumentOf(story),
            EventRecord.Of(ShopContracts.Events, story.Stream, 2, new PriceUnwatched(story.Id, "customer-1"), Guid.NewGuid(), 0, new Actor("customer-1", ShopRoles.Customer), Story.Start)));
    }

    [Fact]
    public void Nothing_but_a_creation_begins_a_product() =>
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(null, new Story(1).Price(90)[2]));

    [Fact]
    public void A_document_that_was_stored_folds_on_to_the_same_json()
    {
        var story = new Story(1).Revise(specifications: [("battery", null), ("aux", "yes")]).Price(79.50m).Revise(specifications: [("battery", "1 h")]).AddImage(4).Price(80.00m);

        ProductDocument? stored = null;
        foreach (var e in story.Events)
        {
            stored = Projection.Apply(stored, e);
            stored = ProductJson.ReadDocument(ProductJson.Write(stored!));
        }

        Assert.Equal(ProductJson.Write(DocumentOf(story)), ProductJson.Write(stored!));
    }

    private static ProductDocument DocumentOf(Story story) => Projection.Fold(story.Events)!.Document!;
}
