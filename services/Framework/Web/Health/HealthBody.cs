namespace ServerlessCqrs.Web.Health;

/// <param name="Status"><c>ok</c>; <c>degraded</c>: a dependency is unavailable, and products are still answered;
/// <c>unavailable</c>: nothing can be answered.</param>
/// <param name="Dependencies">By name: <c>ok</c> or <c>away</c>.</param>
public sealed record HealthBody(
    string Status,
    IReadOnlyDictionary<string, string> Dependencies);

/// <param name="ReadModels">By name, for example <c>products-v1</c>.</param>
public sealed record SyncLagBody(IReadOnlyDictionary<string, ReadModelLag> ReadModels);

/// <param name="LagMs">The age of the oldest unapplied event since it reached the log, in milliseconds, or 0 if there
/// is none.</param>
/// <param name="Behind">The number of streams with unapplied events.</param>
/// <param name="Oldest">The stream of the oldest unapplied event.</param>
public sealed record ReadModelLag(
    long LagMs,
    long Behind,
    string? Oldest);
