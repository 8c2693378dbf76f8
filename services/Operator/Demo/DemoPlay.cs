namespace ServerlessCqrs.Operator.Demo;

/// <summary>
/// Uses the shop at random as a seller and a customer: prices change, orders arrive, some are cancelled, stock runs
/// low. A few requests break a rule on purpose. Popular products are bought more often, the first one most.
/// </summary>
/// <param name="customer">A customer's token; null skips orders and watches.</param>
internal sealed class DemoPlay(DemoShop shop, string seller, string? customer, Random random)
{
    private const int Stock = 200;
    private const int MostOrders = 50;

    private readonly Dictionary<Guid, decimal> _prices = DemoCatalogue.Products.ToDictionary(product => product.Id, product => product.Price);
    private readonly Queue<Guid> _orders = [];
    private readonly Lock _lock = new();

    /// <summary>Creates the missing products.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        foreach (var product in DemoCatalogue.Products)
            await shop.SendAsync(
                HttpMethod.Post,
                "products",
                seller,
                new
                {
                    id = product.Id,
                    name = product.Name,
                    description = product.Description,
                    category = product.Category,
                    price = new { amount = product.Price, currency = "USD" },
                    quantity = Stock,
                    warehouse = "WH_001",
                    specifications = new { },
                    images = Array.Empty<object>(),
                },
                ct);
    }

    /// <summary>Performs one random step of the seller or the customer.</summary>
    public Task StepAsync(CancellationToken ct)
    {
        int roll;
        DemoProduct product;
        lock (_lock) (roll, product) = (random.Next(100), Popular());
        return roll switch
        {
            < 35 => shop.ReadAsync($"products/{product.Id}", ct),
            < 45 => shop.ReadAsync($"products?category={product.Category}&sort=price", ct),
            < 65 => ChangePriceAsync(product, ct),
            < 68 => CutPriceAsync(product, ct),
            < 75 => RefillAsync(product, ct),
            _ when customer is null => ChangePriceAsync(product, ct),
            < 90 => OrderAsync(product, customer, 1 + (roll % 3), ct),
            < 92 => OrderAsync(product, customer, 3 * Stock, ct),
            < 96 => CancelAsync(customer, ct),
            _ => shop.SendAsync(HttpMethod.Put, $"products/{product.Id}/watch", customer, null, ct),
        };
    }

    /// <summary>Zipf's law: the n-th product is chosen with 1/n of the first one's share.</summary>
    private DemoProduct Popular()
    {
        var products = DemoCatalogue.Products;
        var rank = (int)Math.Exp(random.NextDouble() * Math.Log(products.Count + 1));
        return products[Math.Min(rank, products.Count) - 1];
    }

    private Task ChangePriceAsync(DemoProduct product, CancellationToken ct)
    {
        decimal price;
        lock (_lock)
        {
            // Within a fifth of the first price, so that no single change is refused.
            price = Math.Round(product.Price * (0.8m + (0.4m * (decimal)random.NextDouble())), 2);
            _prices[product.Id] = price;
        }

        return PriceAsync(product, price, ct);
    }

    /// <summary>Tries a cut that the shop refuses: one change may not cut a price by more than half.</summary>
    private Task CutPriceAsync(DemoProduct product, CancellationToken ct)
    {
        lock (_lock) return PriceAsync(product, Math.Round(_prices[product.Id] / 3, 2), ct);
    }

    private Task PriceAsync(DemoProduct product, decimal price, CancellationToken ct) =>
        shop.SendAsync(HttpMethod.Post, $"products/{product.Id}/price", seller, new { amount = price, currency = "USD" }, ct);

    private Task RefillAsync(DemoProduct product, CancellationToken ct) =>
        shop.SendAsync(HttpMethod.Post, $"products/{product.Id}/stock", seller, new { delta = 20, reason = "delivery" }, ct);

    private async Task OrderAsync(DemoProduct product, string token, int quantity, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var answer = await shop.SendAsync(HttpMethod.Post, "orders", token, new { id, items = new[] { new { productId = product.Id, quantity } } }, ct);
        if (answer is null || (int)answer.Status >= 400) return;
        lock (_lock)
        {
            _orders.Enqueue(id);
            if (_orders.Count > MostOrders) _orders.Dequeue();
        }
    }

    private Task CancelAsync(string token, CancellationToken ct)
    {
        Guid order;
        lock (_lock)
        {
            if (!_orders.TryDequeue(out order)) return Task.CompletedTask;
        }

        return shop.SendAsync(HttpMethod.Delete, $"orders/{order}?reason=changed%20my%20mind", token, null, ct);
    }
}
