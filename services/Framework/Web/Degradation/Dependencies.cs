namespace ServerlessCqrs.Web.Degradation;

/// <summary>
/// The dependencies of every query service. Each has its own circuit, so that one throttled table does not affect the
/// others.
/// </summary>
public sealed class Dependencies(TimeProvider time, ILogger<Dependencies> logger)
{
    /// <summary>Creates another dependency, for example a read model, with its own circuit.</summary>
    /// <inheritdoc cref="Dependency(string, TimeSpan, TimeProvider, ILogger, TimeSpan)"/>
    public Dependency Of(string name, TimeSpan limit) => new(name, limit, time, logger);

    /// <summary>DynamoDB, and KMS for keys that are not cached. Both have 1.5 s and one retry.</summary>
    public Dependency PersonKeys { get; } = new("person-keys", TimeSpan.FromSeconds(3), time, logger);

    public Dependency Tips { get; } = TipsOf("stream-tips", time, logger);

    public Dependency Log { get; } = LogOf("event-log", time, logger);

    /// <summary>Creates another circuit of the tips for a kind of reader that must not open the first.</summary>
    /// <param name="kind">The kind of reader.</param>
    public Dependency TipsFor(string kind) => TipsOf($"stream-tips of {kind}", time, logger);

    /// <summary>Creates another circuit of the log for a kind of reader that must not open the first.</summary>
    /// <inheritdoc cref="TipsFor"/>
    public Dependency LogFor(string kind) => LogOf($"event-log of {kind}", time, logger);

    /// <summary>
    /// One tip takes about 5 ms. A hundred take 50 ms, and four hundreds are read at a time. So 100 ms per hundred
    /// suffice.
    /// </summary>
    private static Dependency TipsOf(string name, TimeProvider time, ILogger logger) => new(name, TimeSpan.FromMilliseconds(300), time, logger, perHundred: TimeSpan.FromMilliseconds(100));

    /// <summary>
    /// ClickHouse reads a stream in about 10 ms, and 500 streams in 150 ms. A server that is merging may take a second.
    /// </summary>
    private static Dependency LogOf(string name, TimeProvider time, ILogger logger) => new(name, TimeSpan.FromSeconds(3), time, logger, perHundred: TimeSpan.FromMilliseconds(100));
}
