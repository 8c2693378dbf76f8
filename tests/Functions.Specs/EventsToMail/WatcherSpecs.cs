using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>Who gets a mail, and about what.</summary>
public sealed class WatcherSpecs : IDisposable
{
    private readonly Town _town = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IEnumerable<string> Recipients => _town.Post.Sent.Select(mail => mail.To).Order();

    public void Dispose() => _town.Dispose();

    [Fact]
    public async Task Who_watches_gets_one_mail_when_the_price_falls()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna");

        Assert.True(await _town.DeliverAsync(await _town.PriceAsync(80)));

        var mail = Assert.Single(_town.Post.Sent);
        Assert.Equal("anna@example.com", mail.To);
        Assert.Contains("80.00 USD", mail.Subject, StringComparison.Ordinal);
        var token = mail.Unsubscribe!.AbsolutePath["/unsubscribe/".Length..];
        Assert.Equal(("anna", Town.Product), await PersonalToken.ReadAsync(_town.Personal, WatchTokens.Unsubscribe, token, Ct));
    }

    [Fact]
    public async Task A_price_that_rises_mails_nobody()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna");

        Assert.True(await _town.DeliverAsync(await _town.PriceAsync(120)));

        Assert.Empty(_town.Post.Sent);
    }

    [Fact]
    public async Task The_watchers_are_those_of_the_moment_when_the_price_fell()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("ended-before");
        await _town.UnwatchAsync("ended-before");
        await _town.WatchAsync("ended-after");
        await _town.WatchAsync("again", "old@example.com");
        await _town.UnwatchAsync("again");
        await _town.WatchAsync("again", "new@example.com");
        await _town.WatchAsync("moved", "from@example.com");
        var fall = await _town.PriceAsync(80);
        await _town.UnwatchAsync("ended-after");
        await _town.WatchAsync("began-after");
        await _town.WatchAsync("moved", "to@example.com");

        Assert.True(await _town.DeliverAsync(fall));

        Assert.Equal(["ended-after@example.com", "from@example.com", "new@example.com"], Recipients);
    }

    [Fact]
    public async Task The_watchers_of_other_products_get_nothing()
    {
        var other = new Guid("6579c22f-be2b-444c-a52b-0116dd82df6d");
        await _town.CreateAsync();
        await _town.CreateAsync(other);
        await _town.WatchAsync("anna", product: other);

        Assert.True(await _town.DeliverAsync(await _town.PriceAsync(80)));

        Assert.Empty(_town.Post.Sent);
    }

    [Fact]
    public async Task An_erased_person_gets_nothing_and_the_others_do()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna");
        await _town.WatchAsync("ben");
        await _town.Keys.EraseAsync("anna", Ct);

        Assert.True(await _town.DeliverAsync(await _town.PriceAsync(80)));

        Assert.Equal(["ben@example.com"], Recipients);
    }

    [Fact]
    public async Task Latest_registered_address_goes_before_the_watched_one()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna", "watched@example.com");
        var fall = await _town.PriceAsync(80);
        await _town.RegisterAsync("anna", "registered@example.com");
        await _town.MoveAsync("anna", "moved@example.com");

        Assert.True(await _town.DeliverAsync(fall));

        Assert.Equal(["moved@example.com"], Recipients);
    }

    [Fact]
    public async Task A_deactivated_customer_gets_nothing_and_the_others_do()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna");
        await _town.WatchAsync("ben");
        var fall = await _town.PriceAsync(80);
        await _town.DeactivateAsync("anna");

        Assert.True(await _town.DeliverAsync(fall));

        Assert.Equal(["ben@example.com"], Recipients);
    }

    [Fact]
    public async Task The_mail_names_the_product_as_it_was_called_then()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna");
        await _town.RenameAsync("Headphones II");
        var fall = await _town.PriceAsync(80);
        await _town.RenameAsync("Headphones III");

        await _town.DeliverAsync(fall);

        Assert.Equal("Headphones II now costs 80.00 USD", Assert.Single(_town.Post.Sent).Subject);
    }

    [Trait("Guarantee", "SNS → EventsToMail: each price fall is one mail per watcher, never two")]
    [Fact]
    public async Task Each_fall_is_one_mail_however_events_are_shuffled_doubled_and_split()
    {
        List<EventRecord> events = [await _town.CreateAsync()];
        await _town.WatchAsync("anna");
        await _town.WatchAsync("ben");
        foreach (var price in (decimal[])[90, 95, 80, 70])
            events.Add(await _town.PriceAsync(price));
        var random = new Random(42);

        for (var i = 0; i < 20; i++)
        {
            var some = events.Concat(events).ToArray();
            random.Shuffle(some);
            Assert.True(await _town.DeliverAsync([.. some.Take(random.Next(1, some.Length))]));
        }

        Assert.Equal(
            (string[])[.. new[] { "anna", "ben" }.SelectMany(to => new[] { "70.00", "80.00", "90.00" }.Select(price => $"{to}@example.com {price}"))],
            _town.Post.Sent.Select(mail => $"{mail.To} {mail.Subject.Split(' ')[^2]}").Order());
    }

    [Fact]
    public async Task A_rebuild_mails_nobody()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna");
        var fall = await _town.PriceAsync(80);

        Assert.True(await _town.DeliverAsync(EventMessage.Write([], [new StreamHint(fall.Stream, fall.Version, Rebuild: true), new StreamHint(fall.Stream, fall.Version)])));

        Assert.Empty(_town.Post.Sent);
    }

    [Fact]
    public async Task Product_with_unreadable_watches_is_retried_and_the_others_do_not_wait()
    {
        var other = new Guid("6579c22f-be2b-444c-a52b-0116dd82df6d");
        await _town.CreateAsync();
        await _town.CreateAsync(other);
        _town.Skip(WatchStreams.IdOf(Town.Product, "anna"));
        await _town.WatchAsync("anna");
        await _town.WatchAsync("ben", product: other);

        Assert.False(await _town.DeliverAsync(await _town.PriceAsync(80), await _town.PriceAsync(80, other)));

        Assert.Equal(["ben@example.com"], Recipients);
    }

    [Fact]
    public async Task A_product_whose_history_is_not_readable_up_to_the_event_comes_again()
    {
        await _town.CreateAsync();
        await _town.WatchAsync("anna");
        _town.Skip(ProductStreams.IdOf(Town.Product));

        Assert.False(await _town.DeliverAsync(await _town.PriceAsync(80)));

        Assert.Empty(_town.Post.Sent);
    }
}
