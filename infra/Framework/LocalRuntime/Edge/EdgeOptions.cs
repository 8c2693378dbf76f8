using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>What CloudFront is played with.</summary>
/// <param name="Port">Of the edge; 0 for any free one.</param>
/// <param name="InvalidationPort">Of CloudFront's own API; 0 for any free one.</param>
/// <param name="Origin">The gateway.</param>
/// <param name="Rules">Which reads are private, how long answers live, and the names of the edge's own headers.</param>
public sealed record EdgeOptions(
    int Port,
    int InvalidationPort,
    Uri Origin,
    string DistributionId,
    EdgeRules Rules)
{
    /// <summary>The page's files, for all paths but the API's; without them, every path is the API's.</summary>
    public SiteFiles? Site { get; init; }

    /// <summary>Bodies beyond it are evicted, the least recently used first.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>As the CDK deploys it.</summary>
    public Lifetime Lifetime { get; init; } = new(Rules.ShortestLife, Rules.ShortestLife, Rules.LongestLife, Rules.ErrorLife);

    /// <summary>CloudFront's default response timeout, which the distribution leaves as it is ("Response timeout" in CloudFront's guide).</summary>
    public TimeSpan OriginTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where sockets go that viewers open at its path, with what it wants to see; null without sockets.</summary>
    public SocketOrigin? Sockets { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The origin of sockets.</summary>
/// <param name="Url">Its path is the viewers' too.</param>
/// <param name="SecretHeader">Shows <paramref name="Secret"/>, so that nobody goes around the edge.</param>
public sealed record SocketOrigin(
    Uri Url,
    string SecretHeader,
    string Secret);
