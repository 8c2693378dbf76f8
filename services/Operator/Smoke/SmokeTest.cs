using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Smoke;

/// <summary>
/// Tests a deployed stack: one product, one price change, one mail, the lag, a verification, and a cleanup. It prints a
/// line for each step and stops at the first failure.
/// </summary>
/// <param name="customer">The customer who gets the mail; null skips the mail.</param>
internal sealed class SmokeTest(
    ShopClient shop,
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

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Guid _product = Guid.NewGuid();
    private readonly Stack<(string What, Func<CancellationToken, Task> Undo)> _undo = new();

    /// <returns>Whether every step succeeded, including the cleanup.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var isGood = false;
        try
        {
            isGood = await StepsAsync(ct);
        }
        finally
        {
            // The cleanup also runs after Ctrl-C: nothing else removes the product.
            isGood &= await CleanUpAsync(CancellationToken.None);
        }

        return isGood;
    }

    private async Task<bool> StepsAsync(CancellationToken ct)
    {
        var change = Guid.Empty;
        return await StepAsync("health", async () => await HealthAsync(ct))
            && await StepAsync("product", async () => await CreateAsync(ct))
            && (customer is null || await StepAsync("watch", async () => await WatchAsync(customer, ct)))
            && await StepAsync("price", async () => (change = await ReduceAsync(ct)) is var id ? $"reduced from {Price:0} to {ReducedPrice:0} USD by command {id:D}" : "")
            && await StepAsync("read model", async () => await ReadAsync(ct))
            && (customer is null || await StepAsync("mail", async () => await MailAsync(customer, change, ct)))
            && await StepAsync("lag", async () => await LagAsync(ct))
            && await StepAsync("verify", async () => await VerifyAsync(ct));
    }

    private async Task<string> HealthAsync(CancellationToken ct)
    {
        var health = await shop.GetAsync("health", null, ct);
        return health.Text("status") == "ok" ? "everything answers" : throw new SmokeFailedException($"the shop is not well: {health.Raw}");
    }

    private async Task<string> CreateAsync(CancellationToken ct)
    {
        _undo.Push(($"product {_product:D}", async token => await shop.WriteAsync(HttpMethod.Delete, $"products/{_product:D}?reason=smoke%20test", seller.Token, null, token)));
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
        _undo.Push(("watch", async token => await shop.WriteAsync(HttpMethod.Delete, $"products/{_product:D}/watch", watcher.Token, null, token)));
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
        await UntilAsync(
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
        var claim = await UntilAsync(
            async () => await stores.FindMailAsync(id, ct),
            found => found is { State: "sent" } or { IsUndeliverable: true },
            found => $"mail {id} is {found?.State ?? "not written"}. Look at the log of {ShopTopology.EventsToMail.Name}, and whether SES is still in its sandbox.",
            ct);
        return claim!.IsUndeliverable ? throw new SmokeFailedException($"SES refuses mail {id}: {claim.Reason}") : "SES took the mail";
    }

    private async Task<string> LagAsync(CancellationToken ct)
    {
        var answer = await UntilAsync(
            async () => await shop.GetAsync("health/sync-lag", null, ct),
            found => LagsOf(found) is { Count: > 0 } lags && lags.Values.Max() < ShopTopology.All.Watch.LagLimit.TotalMilliseconds,
            found => $"read models are behind: {found.Raw}",
            ct);
        return $"at most {LagsOf(answer).Values.Max():N0} ms, of {LagsOf(answer).Count} read models";
    }

    private async Task<string> VerifyAsync(CancellationToken ct)
    {
        var report = await stores.VerifyAsync(ProductStreams.IdOf(_product), ct);
        if (!report.IsClean) throw new SmokeFailedException(string.Join("; ", report.Kept.Select(difference => $"{difference.Kind} {difference.Text}")));
        return report is { Events: > 0, Items: > 0 }
            ? $"{report.Events} events, {report.Commands} commands and {report.Items} items agree"
            : throw new SmokeFailedException($"the stores hold {report.Events} events and {report.Items} items of the product: is this stack the one that the edge belongs to?");
    }

    private async Task<bool> CleanUpAsync(CancellationToken ct)
    {
        var isGood = true;
        foreach (var (what, undo) in _undo)
            isGood &= await StepAsync("clean up", async () =>
            {
                await undo(ct);
                return $"{what} is removed";
            });
        return isGood;
    }

    private async Task<bool> StepAsync(string name, Func<Task<string>> run)
    {
        var began = time.GetTimestamp();
        try
        {
            var done = await run();
            tell(string.Create(CultureInfo.InvariantCulture, $"ok    {name,-10}  {done} ({time.GetElapsedTime(began).TotalSeconds:0.0} s)"));
            return true;
        }
        catch (Exception e) when (e is SmokeFailedException or HttpRequestException or AmazonClientException or EventLogException or TaskCanceledException { InnerException: TimeoutException })
        {
            tell($"FAIL  {name,-10}  {e.Message}");
            return false;
        }
    }

    private async Task<T> UntilAsync<T>(Func<Task<T>> look, Predicate<T> isThere, Func<T, string> missing, CancellationToken ct)
    {
        var deadline = time.GetUtcNow() + patience;
        while (true)
        {
            var found = await look();
            if (isThere(found)) return found;
            if (time.GetUtcNow() >= deadline) throw new SmokeFailedException($"After {patience.TotalSeconds:0} s, {missing(found)}");
            await Task.Delay(Pause, time, ct);
        }
    }

    private decimal? PriceIn(ShopAnswer list) =>
        list.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("items", out var items)
            ? items.EnumerateArray().Where(item => item.GetProperty("id").GetGuid() == _product).Select(item => (decimal?)item.GetProperty("currentPrice").GetDecimal()).FirstOrDefault()
            : null;

    private static IReadOnlyDictionary<string, long> LagsOf(ShopAnswer answer) =>
        answer.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("readModels", out var models)
            ? models.EnumerateObject().ToDictionary(model => model.Name, model => model.Value.GetProperty("lagMs").GetInt64())
            : new Dictionary<string, long>();
}

/// <param name="Subject">The user's subject in the token.</param>
internal sealed record SmokeUser(
    string Token,
    string Subject);
