using ServerlessCqrs.EventStore;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>Who gets mails about orders and reviews, at which address, and with which names.</summary>
public sealed class BuyerSpecs : IDisposable
{
    private static readonly Guid Other = new("6579c22f-be2b-444c-a52b-0116dd82df6d");

    private readonly Town _town = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IEnumerable<string> Recipients => _town.Post.Sent.Select(mail => mail.To).Order();

    public void Dispose() => _town.Dispose();

    [Fact]
    public async Task Each_end_of_an_order_is_one_mail_however_events_are_shuffled_and_doubled()
    {
        await _town.CreateAsync();
        var (first, second, third) = (await _town.OrderAsync("anna", "anna@example.com", Town.Product), await _town.OrderAsync("ben", "ben@example.com", Town.Product), await _town.OrderAsync("eve", "eve@example.com", Town.Product));
        EventRecord[] events =
        [
            await _town.ConfirmAsync(first, "anna", Town.Product),
            await _town.CancelAsync(first, "anna", Town.Product),
            await _town.RejectAsync(second, "ben", Town.Product),
            await _town.ConfirmAsync(third, "eve", Town.Product),
            await _town.ReviewAsync(third, "eve"),
        ];
        var random = new Random(42);

        for (var i = 0; i < 20; i++)
        {
            var some = events.Concat(events).ToArray();
            random.Shuffle(some);
            Assert.True(await _town.DeliverAsync([.. some.Take(random.Next(1, some.Length))]));
        }

        Assert.Equal(
            [
                "anna@example.com: Your order is cancelled",
                "anna@example.com: Your order is confirmed: 200.00 USD",
                "ben@example.com: Your order was rejected",
                "eve@example.com: Your order is confirmed: 200.00 USD",
                "eve@example.com: Your review of Wireless Headphones is shown",
            ],
            _town.Post.Sent.Select(mail => $"{mail.To}: {mail.Subject}").Order(StringComparer.Ordinal));
        Assert.All(_town.Post.Sent, mail => Assert.Null(mail.Unsubscribe));
    }

    [Fact]
    public async Task Registered_customer_is_greeted_by_name_at_the_latest_address()
    {
        await _town.CreateAsync();
        var order = await _town.OrderAsync("anna", "token@example.com", Town.Product);
        await _town.RegisterAsync("anna", "registered@example.com", "Anna");
        var (confirmed, reviewed) = (await _town.ConfirmAsync(order, "anna", Town.Product), await _town.ReviewAsync(order, "anna"));
        await _town.MoveAsync("anna", "moved@example.com");

        Assert.True(await _town.DeliverAsync(confirmed, reviewed));

        Assert.Equal(["moved@example.com", "moved@example.com"], Recipients);
        Assert.All(_town.Post.Sent, mail => Assert.StartsWith("Hello Anna,", mail.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_gave_no_address_or_was_deactivated_or_erased_gets_nothing()
    {
        await _town.CreateAsync();
        List<EventRecord> events = [];
        foreach (var (customer, address) in new[] { ("nobody", null), ("gone", "gone@example.com"), ("erased", "erased@example.com"), ("anna", "anna@example.com") })
        {
            var order = await _town.OrderAsync(customer, address, Town.Product);
            events.Add(await _town.ConfirmAsync(order, customer, Town.Product));
            events.Add(await _town.ReviewAsync(order, customer));
        }

        await _town.DeactivateAsync("gone");
        await _town.Keys.EraseAsync("erased", Ct);

        Assert.True(await _town.DeliverAsync([.. events]));

        Assert.Equal(["anna@example.com", "anna@example.com"], Recipients);
    }

    [Fact]
    public async Task The_mail_names_the_products_as_they_were_called_then()
    {
        await _town.CreateAsync(name: "Headphones");
        await _town.CreateAsync(Other, "Case");
        var order = await _town.OrderAsync("anna", "anna@example.com", Town.Product, Other);
        await _town.RenameAsync("Headphones II");
        var confirmed = await _town.ConfirmAsync(order, "anna", Town.Product, Other);
        await _town.RenameAsync("Headphones III");

        Assert.True(await _town.DeliverAsync(confirmed));

        Assert.Contains("2 × Headphones II: 200.00 USD\n2 × Case: 200.00 USD\n", Assert.Single(_town.Post.Sent).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_all_readable_comes_again_and_the_others_do_not_wait()
    {
        await _town.CreateAsync();
        _town.Skip(ProductStreams.IdOf(Other));
        await _town.CreateAsync(Other);
        var (unreadable, readable) = (await _town.OrderAsync("anna", "anna@example.com", Other), await _town.OrderAsync("ben", "ben@example.com", Town.Product));
        _town.Skip(CustomerStreams.IdOf("eve"));
        await _town.RegisterAsync("eve", "eve@example.com");
        var unknown = await _town.OrderAsync("eve", "eve@example.com", Town.Product);

        Assert.False(await _town.DeliverAsync(await _town.ConfirmAsync(unreadable, "anna", Other)));
        Assert.False(await _town.DeliverAsync(await _town.ConfirmAsync(unknown, "eve", Town.Product), await _town.ConfirmAsync(readable, "ben", Town.Product)));

        Assert.Equal(["ben@example.com"], Recipients);
    }
}
