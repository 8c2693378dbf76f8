using Amazon.CloudFront;
using Amazon.CloudFront.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>CloudFront: keeps a product for its s-maxage, takes 0 to 25 s for an invalidation, knows a caller reference that comes again, and may store an old body that was on its way.</summary>
public sealed class SimEdge(Simulator simulator, Dice dice, Network network, Truth truth) : IAmazonCloudFront, IInvalidationBudget
{
    /// <summary>What QueryApi's <c>CacheFor.Products</c> grants.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly Dictionary<StreamId, (long Version, long StoredAt)> _objects = [];
    private readonly HashSet<string> _references = [];

    public IClientConfig Config => throw new NotSupportedException();

    /// <summary>The product as the edge gives it: from its cache, or fetched through <paramref name="origin"/>.</summary>
    public async Task<long> GetAsync(StreamId product, IReadModel<ProductDocument> origin)
    {
        if (Cached(product) is { } version)
        {
            truth.Served(product, version);
            return version;
        }

        var began = simulator.Now;
        var item = (await origin.LoadAsync([product], CancellationToken.None)).GetValueOrDefault(product);
        if (item?.Document is null) return item?.Version ?? 0;
        truth.Fetched(product, item.Version, began);
        truth.Served(product, item.Version);
        _objects[product] = (item.Version, simulator.Now);
        return item.Version;
    }

    /// <summary>The version of the object that is still fresh.</summary>
    public long? Cached(StreamId product) => _objects.TryGetValue(product, out var cached) && cached.StoredAt + MaxAge.Ticks > simulator.Now ? cached.Version : null;

    public Task<CreateInvalidationResponse> CreateInvalidationAsync(CreateInvalidationRequest request, CancellationToken cancellationToken = default) => network.CallAsync(
        "cloudfront",
        "cloudfront.invalidate",
        () =>
        {
            if (dice.Happens("cloudfront.too-many", 0.02)) throw new SimulatedFaultException("TooManyInvalidationsInProgress");
            if (_references.Add(request.InvalidationBatch!.CallerReference!))
            {
                var products = request.InvalidationBatch.Paths!.Items!.Select(path => ProductStreams.IdOf(Guid.Parse(path["/products/".Length..]))).ToList();
                var shown = products.Select(product => (product, truth.Invalidated(product))).ToList();
                simulator.After(TimeSpan.FromSeconds(25 * dice.Roll("cloudfront.delay")), () => Forget(shown));
            }

            return new CreateInvalidationResponse();
        },
        cancellationToken);

    public Task<int> TakeAsync(int paths, CancellationToken ct) => network.CallAsync("budget-table", "budget.take", () => paths, ct);

    public void Dispose()
    {
    }

    private void Forget(List<(StreamId Product, long Version)> products)
    {
        foreach (var (product, version) in products)
        {
            _objects.Remove(product);
            truth.Forgotten(product, version);
        }
    }
}
