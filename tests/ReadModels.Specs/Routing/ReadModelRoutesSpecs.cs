using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Routing;

public sealed class ReadModelRoutesSpecs(DynamoFixture dynamo)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_route_is_read_as_it_was_set_until_another_is_or_it_is_removed(bool inMemory)
    {
        IReadModelRoutes routes = inMemory ? new InMemoryReadModelRoutes() : new DynamoReadModelRoutes(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.Checkpoints, Ct));
        Assert.Empty(await routes.ReadAsync(Ct));
        await routes.RemoveAsync("products", Ct);

        await routes.SetAsync("orders", new ReadModelRoute("orders-v2", 0, [3]), Ct);
        await routes.SetAsync("products", new ReadModelRoute("products-v2", 10, [42, 77]), Ct);
        Assert.Equal(["orders-v2: 0 %, and the bucket 3", "products-v2: 10 %, and the buckets 42 and 77"], await TellAsync());

        await routes.SetAsync("products", new ReadModelRoute("products-v2", 100, []), Ct);
        Assert.Equal(["orders-v2: 0 %, and the bucket 3", "products-v2: 100 %"], await TellAsync());

        await routes.SetAsync("products", new ReadModelRoute("products-v2", 100, []) { IsFinal = true }, Ct);
        Assert.Equal(["orders-v2: 0 %, and the bucket 3", "products-v2: 100 %, and the first version is retired"], await TellAsync());

        await routes.RemoveAsync("products", Ct);
        Assert.Equal(["orders-v2: 0 %, and the bucket 3"], await TellAsync());

        async Task<IEnumerable<string>> TellAsync() => (await routes.ReadAsync(Ct)).OrderBy(route => route.Key).Select(route => $"{route.Value.Model}: {route.Value}");
    }

    [Fact]
    public async Task The_products_are_as_far_as_the_version_that_is_behind_of_those_that_answer()
    {
        var (clock, routes, first, second) = (new FakeTimeProvider(), new InMemoryReadModelRoutes(), new Versions(7, 5, 3), new Versions(6, 9, null));
        var served = new ServedVersions(ShopReadModels.Products, first, new Dictionary<string, IReadModelVersions> { [ShopReadModels.ProductsV2] = second }, new CurrentRoutes(routes, clock));
        Assert.Equal([7, 5, 3], await LoadAsync());

        await routes.SetAsync(ShopReadModels.Products, new ReadModelRoute(ShopReadModels.ProductsV2, 1, []), Ct);
        clock.Advance(CurrentRoutes.Fresh);
        Assert.Equal([6, 5, null], await LoadAsync());

        await routes.SetAsync(ShopReadModels.Products, new ReadModelRoute(ShopReadModels.ProductsV2, 100, []) { IsFinal = true }, Ct);
        clock.Advance(CurrentRoutes.Fresh);
        Assert.Equal([6, 9, null], await LoadAsync());

        await routes.SetAsync(ShopReadModels.Products, new ReadModelRoute("products-v3", 1, []), Ct);
        clock.Advance(CurrentRoutes.Fresh);
        Assert.Equal([7, 5, 3], await LoadAsync());

        async Task<IEnumerable<long?>> LoadAsync()
        {
            var versions = await served.LoadVersionsAsync(Versions.Streams, Ct);
            return Versions.Streams.Select(stream => versions.TryGetValue(stream, out var version) ? version : (long?)null);
        }
    }

    private sealed class Versions(params long?[] versions) : IReadModelVersions
    {
        public static readonly StreamId[] Streams = [.. Enumerable.Range(1, 3).Select(number => new Story(number).Stream)];

        public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<StreamId, long>>(Streams.Zip(versions).Where(pair => pair.Second is not null && streams.Contains(pair.First)).ToDictionary(pair => pair.First, pair => pair.Second!.Value));
    }
}
