namespace ServerlessCqrs.Web.Degradation;

/// <summary>What every query service reads from, each with a circuit of its own: a throttled table must not hide the others.</summary>
public sealed class Dependencies(TimeProvider time, ILogger<Dependencies> logger)
{
    /// <summary>Something else, such as a read model, with a circuit of its own.</summary>
    /// <inheritdoc cref="Dependency(string, TimeSpan, TimeProvider, ILogger, TimeSpan)"/>
    public Dependency Of(string name, TimeSpan limit) => new(name, limit, time, logger);

    /// <summary>DynamoDB, and KMS where a key is not known yet; these have 1.5 s and one more try.</summary>
    public Dependency PersonKeys { get; } = new("person-keys", TimeSpan.FromSeconds(3), time, logger);

    public Dependency Tips { get; } = TipsOf("stream-tips", time, logger);

    public Dependency Log { get; } = LogOf("event-log", time, logger);

    /// <summary>A second circuit of the tips, for a kind of reader that must not open the first.</summary>
    /// <param name="kind">Of the readers.</param>
    public Dependency TipsFor(string kind) => TipsOf($"stream-tips of {kind}", time, logger);

    /// <summary>A second circuit of the log, for a kind of reader that must not open the first.</summary>
    /// <inheritdoc cref="TipsFor"/>
    public Dependency LogFor(string kind) => LogOf($"event-log of {kind}", time, logger);

    /// <summary>One tip takes some 5 ms. A hundred take 50 ms, of which four are read at a time: 100 ms for each hundred leaves room.</summary>
    private static Dependency TipsOf(string name, TimeProvider time, ILogger logger) => new(name, TimeSpan.FromMilliseconds(300), time, logger, perHundred: TimeSpan.FromMilliseconds(100));

    /// <summary>ClickHouse reads a stream in some 10 ms, and 500 streams in 150 ms. A server that is merging may take a second.</summary>
    private static Dependency LogOf(string name, TimeProvider time, ILogger logger) => new(name, TimeSpan.FromSeconds(3), time, logger, perHundred: TimeSpan.FromMilliseconds(100));
}
