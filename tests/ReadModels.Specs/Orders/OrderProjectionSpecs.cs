using System.Text.Json;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Orders;

public sealed class OrderProjectionSpecs
{
    private static readonly OrderProjection Projection = new();

    [Fact]
    public void An_order_is_pinned_as_it_is_stored() => Assert.Equal(
        $$"""
        {"id":"{{OrderStory.IdOf(1)}}","customer":"customer-1","status":"confirmed","items":[{"productId":"{{Story.IdOf(1)}}","quantity":2,"unitPrice":10,"seller":"seller-1"},{"productId":"{{Story.IdOf(2)}}","quantity":1,"unitPrice":10,"seller":"seller-1"}],"subtotal":30,"discount":0.30,"total":29.70,"currency":"USD","code":null,"reason":null,"version":4,"createdAt":"2026-01-02T03:04:06+00:00","updatedAt":"2026-01-02T03:04:06.03+00:00"}
        """,
        JsonSerializer.Serialize(DocumentOf(new OrderStory(1).Confirm()), OrderJson.Default.OrderDocument));

    [Fact]
    public void No_address_is_in_an_order() =>
        Assert.DoesNotContain("address", JsonSerializer.Serialize(DocumentOf(new OrderStory(1).Confirm()), OrderJson.Default.OrderDocument), StringComparison.Ordinal);

    [Fact]
    public void Each_end_has_its_status_and_its_reason()
    {
        Assert.Equal((OrderStatus.Pending, null, null), Of(new OrderStory(1).Reserve()));
        Assert.Equal((OrderStatus.Held, null, "too good"), Of(new OrderStory(1).Hold()));
        Assert.Equal((OrderStatus.Confirmed, null, null), Of(new OrderStory(1).Hold().Confirm()));
        Assert.Equal((OrderStatus.Rejected, "insufficient_stock", "There are not so many."), Of(new OrderStory(1).Reject()));
        Assert.Equal((OrderStatus.Cancelled, null, "changed my mind"), Of(new OrderStory(1).Confirm().Cancel()));

        static (OrderStatus, string?, string?) Of(OrderStory story) => DocumentOf(story) is var order ? (order.Status, order.Code, order.Reason) : default;
    }

    [Fact]
    public void Only_what_is_sold_is_spent()
    {
        foreach (var story in new[] { new OrderStory(1), new OrderStory(1).Reject(), new OrderStory(1).Reserve().Cancel() }) Assert.Equal("""{"orders":1}""", SumsOf(story));
        foreach (var story in new[] { new OrderStory(1).Hold(), new OrderStory(1).Hold().Reject(), new OrderStory(1).Confirm().Cancel() })
            Assert.Equal("""{"confirmed":0,"orders":1,"spent USD":0}""", SumsOf(story));
        Assert.Equal("""{"confirmed":1,"orders":1,"spent USD":29.7}""", SumsOf(new OrderStory(1).Confirm()));

        static string SumsOf(OrderStory story)
        {
            using var json = JsonDocument.Parse(Projection.Fold(story.Events)!.Adds!.Text);
            return json.RootElement.GetProperty("sums").GetRawText();
        }
    }

    [Fact]
    public void An_unknown_event_fails_loudly()
    {
        Assert.Throws<UnknownContractException>(() => Projection.Apply(null, new OrderStory(1)[1].Unknown()));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(null, new OrderStory(1).Reserve()[2]));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(DocumentOf(new OrderStory(1)), new Story(1)[1]));
    }

    private static OrderDocument DocumentOf(OrderStory story) => Projection.Fold(story.Events)!.Document!;
}
