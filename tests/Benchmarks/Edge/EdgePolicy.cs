namespace ServerlessCqrs.Benchmarks.Edge;

/// <summary>How the edge gets a changed product.</summary>
/// <param name="Lifetime">The <c>s-maxage</c> of a product.</param>
/// <param name="PathsPerHour">The invalidations that the budget allows; null for no limit.</param>
internal sealed record EdgePolicy(
    TimeSpan Lifetime,
    double? PathsPerHour)
{
    public string Name => (Lifetime.TotalSeconds, PathsPerHour) switch
    {
        (var seconds, null) => $"{seconds:0} s, every change invalidated",
        (var seconds, 0) => $"{seconds:0} s, no invalidations",
        var (seconds, paths) => $"{seconds:0} s, {paths:0} invalidations an hour",
    };
}
