using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi;

/// <summary>The read models that the service reads, each with a circuit of its own: a throttled table must not hide the others.</summary>
public sealed class ReadModelCircuits(Dependencies dependencies)
{
    /// <summary>Products by id: a read takes some 5 ms, and what takes longer than 300 ms is answered sooner from the event store.</summary>
    public Dependency Products { get; } = dependencies.Of("products-v1", TimeSpan.FromMilliseconds(300));

    /// <summary>The same of version 2, where it answers.</summary>
    public Dependency ProductsV2 { get; } = dependencies.Of("products-v2", TimeSpan.FromMilliseconds(300));

    public Dependency Lists { get; } = dependencies.Of("product-lists", TimeSpan.FromSeconds(2));

    public Dependency Search { get; } = dependencies.Of("product-search-v1", TimeSpan.FromSeconds(2));

    public Dependency Orders { get; } = dependencies.Of("orders-v1", TimeSpan.FromSeconds(1));

    public Dependency Reviews { get; } = dependencies.Of("reviews-v1", TimeSpan.FromSeconds(1));

    public Dependency Recommendations { get; } = dependencies.Of("recommendations-v1", TimeSpan.FromSeconds(1));
}
