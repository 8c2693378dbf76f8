using System.Net;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// Orders from the request to stock, edge and mails. Some have too little stock, some look suspicious, and some
/// processes are killed.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class OrderJourney(LocalStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Trait("Guarantee", "orders: an order that is cancelled several times returns its stock once")]
    [Fact]
    public async Task Order_arrives_everywhere_and_goes_back_once_however_often_cancelled()
    {
        var (seller, customer, other) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"), await stack.UserAsync("customer"));
        var product = await seller.CreateProductAsync();
        Assert.Equal(HttpStatusCode.OK, (await customer.SendAsync(HttpMethod.Put, "users/me", new { name = "Ann" }, ("Prefer", "wait=20"))).Status);

        var order = await customer.OrderAsync((product, 2));

        await StockAsync(customer, product, 48);
        var confirmed = await MailAsync(customer, "Your order is confirmed: 200.00 USD");
        Assert.StartsWith("Hello Ann,", confirmed.Text, StringComparison.Ordinal);
        Assert.Contains("2 × Wireless Headphones", confirmed.Text, StringComparison.Ordinal);
        await IsClosedToAsync(other, customer, product, order);

        var cancellations = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => customer.SendAsync(HttpMethod.Delete, $"orders/{order}", null, ("Prefer", "wait=20"))));
        Assert.All(cancellations, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await MailAsync(customer, "Your order is cancelled");
        await StockAsync(customer, product, 50);
        await Operator.VerifyAsync(stack);
        Assert.Equal(2, (await Mailbox.OfAsync(stack, customer.Subject)).Count);
    }

    [Fact]
    public async Task Short_or_rejected_order_returns_everything_and_a_held_one_waits()
    {
        var (seller, customer, judge) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"), await stack.UserAsync("operator"));
        var products = await Task.WhenAll(seller.CreateProductAsync(name: "First"), seller.CreateProductAsync(name: "Short", quantity: 1), seller.CreateProductAsync(name: "Third"), seller.CreateProductAsync(price: 3_000, name: "Dear"));

        await Task.WhenAll(ShortAsync(), JudgedAsync("approval", null, "Your order is confirmed: 5,700.00 USD"), JudgedAsync("rejection", new { reason = "The address does not exist." }, "Your order was rejected"));

        // Of the expensive product, the rejected pieces are back, and the approved ones are sold.
        foreach (var (product, stock) in products.Zip([50, 1, 50, 48])) await StockAsync(customer, product, stock);
        await Operator.VerifyAsync(stack);

        async Task ShortAsync()
        {
            var buyer = await stack.UserAsync("customer");
            await buyer.OrderAsync((products[0], 2), (products[1], 2), (products[2], 2));
            Assert.Contains("Short: There are only 1 in stock.", (await MailAsync(buyer, "Your order was rejected")).Text, StringComparison.Ordinal);
        }

        async Task JudgedAsync(string judgement, object? body, string subject)
        {
            var buyer = await stack.UserAsync("customer");
            var order = await buyer.OrderAsync((products[3], 2));
            Answer? answer = null;
            await Eventually.TrueAsync(
                async () => (answer = await judge.SendAsync(HttpMethod.Post, $"orders/{order}/{judgement}", body, ("Prefer", "wait=20"))).Status == HttpStatusCode.OK,
                Patience,
                () => $"the order is not held: {answer?.Text}");
            await MailAsync(buyer, subject);
        }
    }

    [Trait("Guarantee", "orders: fifty customers order the last twenty amid kills: twenty are sold, thirty rejected, one mail each")]
    [Fact]
    public async Task Fifty_customers_order_the_last_twenty_and_twenty_get_one_amid_kills()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync(quantity: 20);
        var customers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => stack.UserAsync("customer")));

        var ordered = Task.WhenAll(customers.Select(customer => customer.OrderAsync((product, 1))));
        await Task.WhenAll(stack.KillAsync("EventsToOrders"), stack.KillAsync("CommandsToEvents"));
        await ordered;
        await Task.WhenAll(stack.KillAsync("EventsToOrders"), stack.KillAsync("CommandsToEvents"));

        var subjects = customers.Select(customer => $"{customer.Subject}@example.com").ToHashSet();
        List<Mailbox.Mail> mails = [];
        await Eventually.TrueAsync(
            async () => (mails = [.. (await Mailbox.AllAsync(stack)).Where(mail => mail.To.Any(subjects.Contains))]).Count >= customers.Length,
            Patience,
            () => $"{mails.Count} of {customers.Length} got their mail");
        await StockAsync(seller, product, 0);
        await Operator.VerifyAsync(stack);
        Assert.Equal(
            new Dictionary<string, int> { ["Your order is confirmed: 100.00 USD"] = 20, ["Your order was rejected"] = 30 },
            (await Mailbox.AllAsync(stack)).Where(mail => mail.To.Any(subjects.Contains)).CountBy(mail => mail.Subject).ToDictionary());
        Assert.All(mails.Where(mail => mail.Subject == "Your order was rejected"), mail => Assert.Contains("in stock", mail.Text, StringComparison.Ordinal));
        Assert.Equal(customers.Length, mails.SelectMany(mail => mail.To).Distinct().Count());
    }

    /// <summary>Another customer cannot read, change or end anything of this customer's.</summary>
    private static async Task IsClosedToAsync(Client other, Client customer, Guid product, Guid order)
    {
        var review = new { stars = 5, title = "Loud", text = "I wear them all day." };
        Answer? reviewed = null;
        // The right to review follows the confirmation.
        await Eventually.TrueAsync(
            async () => (reviewed = await customer.PostAsync($"products/{product}/reviews", review, ("Prefer", "wait=20"))).Status == HttpStatusCode.OK,
            Patience,
            () => $"the customer cannot review: {reviewed?.Text}");
        Assert.Equal("not_purchased", (await other.PostAsync($"products/{product}/reviews", review, ("Prefer", "wait=20"))).Code);
        var own = await customer.SeesOrderAsync(order, "confirmed");
        Assert.Contains("no-store", own.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Empty((await other.GetAsync("users/me/orders")).Json.GetProperty("items").EnumerateArray());
        var (written, status) = (reviewed!.Json.GetProperty("stream").GetString()!["review-".Length..], reviewed.Json.GetProperty("statusUrl").GetString()!.TrimStart('/'));
        foreach (var answer in new[]
        {
            await other.SendAsync(HttpMethod.Delete, $"orders/{order}"),
            await other.SendAsync(HttpMethod.Post, $"orders/{order}/approval"),
            await other.PostAsync($"orders/{order}/rejection", new { reason = "No." }),
            await other.SendAsync(HttpMethod.Post, $"reviews/{written}/approval"),
            await other.PostAsync($"reviews/{written}/rejection", new { reason = "No." }),
            await other.SendAsync(HttpMethod.Delete, $"users/{customer.Subject}"),
            await other.GetAsync($"orders/{order}"),
            await other.GetAsync(status),
        }) Assert.True(answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{answer.Status}: {answer.Text}");
    }

    private static async Task StockAsync(Client client, Guid product, int quantity)
    {
        Answer? answer = null;
        await Eventually.TrueAsync(
            async () => (answer = await client.GetAsync($"products/{product}")).Status == HttpStatusCode.OK && answer.Json.GetProperty("inventory").GetProperty("quantity").GetInt32() == quantity,
            Patience,
            () => $"the edge does not show {quantity} pieces of {product}: {answer?.Text}");
    }

    private async Task<Mailbox.Mail> MailAsync(Client customer, string subject)
    {
        IReadOnlyList<Mailbox.Mail> mails = [];
        await Eventually.TrueAsync(
            async () => (mails = await Mailbox.OfAsync(stack, customer.Subject)).Any(mail => mail.Subject == subject),
            Patience,
            () => $"no mail '{subject}' came, but {string.Join(", ", mails.Select(mail => mail.Subject))}");
        return mails.Single(mail => mail.Subject == subject);
    }
}
