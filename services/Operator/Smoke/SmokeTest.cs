using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Operating.Smoke;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Smoke;

/// <summary>
/// Tests a deployed shop: one product, one price change, one mail, the lag, a verification, and a cleanup. It prints a
/// line for each step and stops at the first failure.
/// </summary>
/// <param name="customer">The customer who gets the mail; null skips the mail.</param>
internal sealed class SmokeTest(
    SmokeClient shop,
    ISmokeStores stores,
    SmokeUser seller,
    SmokeUser? customer,
    TimeSpan patience,
    TimeProvider time,
    Action<string> tell)
{
    private const string Category = "smoke-test";
    private const decimal Price = 100;
    private const decimal ReducedPrice = 80;

    private readonly Guid _product = Guid.NewGuid();
    private readonly SmokeRun _run = new(patience, time, tell);

    /// <returns>Whether every step succeeded, including the cleanup.</returns>
    public Task<bool> RunAsync(CancellationToken ct) =>
        _run.RunAsync(() => StepsAsync(new SmokeChecks(ShopTopology.All, shop, stores, _run), ct));

    private async Task<bool> StepsAsync(SmokeChecks checks, CancellationToken ct)
    {
        var change = Guid.Empty;
        return await _run.StepAsync("health", () => checks.HealthAsync(ct))
            && await _run.StepAsync("product", () => CreateAsync(ct))
            && (customer is null || await _run.StepAsync("watch", () => WatchAsync(customer, ct)))
            && await _run.StepAsync("price", async () => (change = await ReduceAsync(ct)) is var id ? $"reduced from {Price:0} to {ReducedPrice:0} USD by command {id:D}" : "")
            && await _run.StepAsync("read model", () => ReadAsync(ct))
            && (customer is null || await _run.StepAsync("mail", () => MailAsync(customer, change, ct)))
            && await _run.StepAsync("lag", () => checks.LagAsync(ct))
            && await _run.StepAsync("verify", () => checks.VerifyAsync(ProductStreams.IdOf(_product), "product", ct));
    }

    private async Task<string> CreateAsync(CancellationToken ct)
    {
        _run.Undo(
            $"product {_product:D}",
            token => shop.WriteAsync(HttpMethod.Delete, $"products/{_product:D}?reason=smoke%20test", seller.Token, null, token));
        await shop.WriteAsync(
            HttpMethod.Post,
            "products",
            seller.Token,
            new
            {
                id = _product,
                name = "Smoke test",
                description = "Made by the operator's smoke test, which deletes it again.",
                category = Category,
                price = new { amount = Price, currency = "USD" },
                quantity = 1,
                warehouse = "WH_001",
            },
            ct);
        return $"{_product:D} is created";
    }

    private async Task<string> WatchAsync(SmokeUser watcher, CancellationToken ct)
    {
        _run.Undo(
            "watch",
            token => shop.WriteAsync(HttpMethod.Delete, $"products/{_product:D}/watch", watcher.Token, null, token));
        await shop.WriteAsync(HttpMethod.Put, $"products/{_product:D}/watch", watcher.Token, null, ct);
        return $"{watcher.Subject} watches its price";
    }

    private async Task<Guid> ReduceAsync(CancellationToken ct)
    {
        var answer = await shop.WriteAsync(HttpMethod.Post, $"products/{_product:D}/price", seller.Token, new { amount = ReducedPrice, currency = "USD" }, ct);
        return Guid.TryParse(answer.Text("commandId"), out var command) ? command : throw new SmokeFailedException($"the answer names no command: {answer.Raw}");
    }

    /// <summary>
    /// Reads the category's list: it comes only from the read model, and the edge caches it for seconds.
    /// </summary>
    private async Task<string> ReadAsync(CancellationToken ct)
    {
        await _run.UntilAsync(
            async () => await shop.GetAsync($"products?category={Category}&sort=newest", null, ct),
            answer => PriceIn(answer) == ReducedPrice,
            answer => $"the list of {Category} does not show the new price: {answer.Raw}. Look at the dead letters of {ShopTopology.ReadModels.Name}.",
            ct);
        return $"the list of {Category} shows {ReducedPrice:0} USD";
    }

    private async Task<string> MailAsync(SmokeUser watcher, Guid command, CancellationToken ct)
    {
        // The mail id as the mail function builds it: event and customer.
        var id = $"{CommandIds.OfEvent(command, 0):D}/{watcher.Subject}";
        var claim = await _run.UntilAsync(
            async () => await stores.FindMailAsync(id, ct),
            found => found is { State: "sent" } or { IsUndeliverable: true },
            found => $"mail {id} is {found?.State ?? "not written"}. Look at the log of {ShopTopology.EventsToMail.Name}, and whether SES is still in its sandbox.",
            ct);
        return claim!.IsUndeliverable ? throw new SmokeFailedException($"SES refuses mail {id}: {claim.Reason}") : "SES took the mail";
    }

    private decimal? PriceIn(SmokeAnswer list) =>
        list.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("items", out var items)
            ? items.EnumerateArray().Where(item => item.GetProperty("id").GetGuid() == _product).Select(item => (decimal?)item.GetProperty("currentPrice").GetDecimal()).FirstOrDefault()
            : null;
}

/// <param name="Subject">The user's subject in the token.</param>
internal sealed record SmokeUser(
    string Token,
    string Subject);
