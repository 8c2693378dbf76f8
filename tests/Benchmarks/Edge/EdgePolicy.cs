namespace ServerlessCqrs.Benchmarks.Edge;

/// <summary>How the edge learns that a product changed.</summary>
/// <param name="Lifetime">The <c>s-maxage</c> of a product.</param>
/// <param name="PathsPerHour">How many invalidations the budget allows; null for as many as there are.</param>
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
