using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>
/// Reads lists at rest to their end, a few items per page: each must contain every expected item once.
/// </summary>
public sealed class ListChecks(World world)
{
    private const int MostPages = 200;
    private const int MostTries = 5;

    private readonly Truth _truth = world.Truth;

    public async Task CheckAsync()
    {
        var products = _truth.Products.Versions.Select(entry => (entry.Key, _truth.Products.ItemAt(_truth.Of(entry.Key), entry.Value).Document)).Where(entry => entry.Document is not null).ToList();
        foreach (var category in products.GroupBy(entry => entry.Document!.Category))
        {
            foreach (var sort in (string[])["price", "name", "newest"])
                await CheckAsync($"/products?category={Uri.EscapeDataString(category.Key)}&sort={sort}&limit=2", by: null, ProductStreams.IdOf, [.. category.Select(entry => entry.Key)]);
        }

        foreach (var customer in Wishes.Customers)
        {
            var orders = _truth.Orders.Versions.Keys.Where(order => _truth.Of(order).Events[0].Event is OrderCreated created && created.Customer == customer.Id);
            await CheckAsync("/users/me/orders?limit=2", customer, OrderStreams.IdOf, [.. orders]);
        }
    }

    /// <summary>Retries like a client, because two slow messages can exceed a read's time limit.</summary>
    private async Task<SimAnswer> ReadAsync(SimRequest request, Actor? by)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await world.Gateway.SendAsync(by is null ? request : request.With(SimIdentity.Issue(by, world.Simulator.UtcNow)));
            if (answer.Status != 503 || tries == MostTries) return answer;
            await world.Simulator.Delay(TimeSpan.FromSeconds(5));
        }
    }

    private async Task CheckAsync(string list, Actor? by, Func<Guid, StreamId> streamOf, List<StreamId> should)
    {
        List<StreamId> told = [];
        var cursor = "";
        for (var page = 0; cursor is not null; page++)
        {
            var request = SimRequest.Get($"{list}{cursor}");
            var answer = await ReadAsync(request, by);
            if (answer.Status != 200 || page == MostPages)
            {
                world.Simulator.Violate(ListsAreWhole, $"{list}{cursor} is {answer.Status} on page {page}: {answer.Body}");
                return;
            }

            told.AddRange(answer.Json.GetProperty("items").EnumerateArray().Select(item => streamOf(item.GetProperty("id").GetGuid())));
            cursor = answer.Text("next") is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }

        if (!told.ToHashSet().SetEquals(should) || told.Count != should.Count) world.Simulator.Violate(ListsAreWhole, $"{list} tells of {string.Join(' ', told)}, and should of {string.Join(' ', should)}.");
    }
}
