namespace ServerlessCqrs.Operator.Import;

/// <summary>The progress of an import, counted in commands.</summary>
/// <param name="Decided">The number of commands with an outcome.</param>
/// <param name="Followed">The number of those that wait for nothing more.</param>
public sealed record ImportProgress(
    int Decided,
    int Followed);
