namespace ServerlessCqrs.QueryApi.Degradation;

/// <summary>What the service reads from, each with a circuit of its own: a throttled table must not hide the others.</summary>
public sealed class Dependencies(TimeProvider time, ILogger<Dependencies> logger)
{
    /// <summary>Products by id: a read takes some 5 ms, and what takes longer than 300 ms is answered sooner from the event store.</summary>
    public Dependency Products { get; } = new("products-v1", TimeSpan.FromMilliseconds(300), time, logger);

    /// <summary>The same of version 2, where it answers.</summary>
    public Dependency ProductsV2 { get; } = new("products-v2", TimeSpan.FromMilliseconds(300), time, logger);

    public Dependency Lists { get; } = new("product-lists", TimeSpan.FromSeconds(2), time, logger);

    public Dependency Search { get; } = new("product-search-v1", TimeSpan.FromSeconds(2), time, logger);

    public Dependency Orders { get; } = new("orders-v1", TimeSpan.FromSeconds(1), time, logger);

    public Dependency Reviews { get; } = new("reviews-v1", TimeSpan.FromSeconds(1), time, logger);

    public Dependency Recommendations { get; } = new("recommendations-v1", TimeSpan.FromSeconds(1), time, logger);

    /// <summary>DynamoDB, and KMS where a key is not known yet; these have 1.5 s and one more try.</summary>
    public Dependency PersonKeys { get; } = new("person-keys", TimeSpan.FromSeconds(3), time, logger);

    public Dependency Tips { get; } = new("stream-tips", TimeSpan.FromMilliseconds(300), time, logger);

    /// <summary>ClickHouse reads a stream in some 10 ms; a server that is merging may take a second.</summary>
    public Dependency Log { get; } = new("event-log", TimeSpan.FromSeconds(3), time, logger);
}
