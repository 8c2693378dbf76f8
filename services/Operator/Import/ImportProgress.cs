namespace ServerlessCqrs.Operator.Import;

/// <summary>How far an import is, in commands.</summary>
/// <param name="Decided">How many have an outcome.</param>
/// <param name="Followed">How many of them nothing more is waited for.</param>
public sealed record ImportProgress(
    int Decided,
    int Followed);
