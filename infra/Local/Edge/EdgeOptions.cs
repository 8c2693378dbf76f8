namespace ServerlessCqrs.Local.Edge;

/// <summary>What CloudFront is played with.</summary>
/// <param name="Port">Of the edge; 0 for any free one.</param>
/// <param name="InvalidationPort">Of CloudFront's own API; 0 for any free one.</param>
/// <param name="Origin">The gateway.</param>
public sealed record EdgeOptions(
    int Port,
    int InvalidationPort,
    Uri Origin,
    string DistributionId)
{
    /// <summary>Bodies beyond it are evicted, the least recently used first.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long an answer lives that says nothing itself: the distribution's policy says 0.</summary>
    public TimeSpan DefaultLife { get; init; } = TimeSpan.Zero;

    /// <summary>The most that a distribution waits for its origin without a quota increase (CloudFront quotas).</summary>
    public TimeSpan OriginTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
