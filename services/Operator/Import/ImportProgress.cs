namespace ServerlessCqrs.Operator.Import;

/// <summary>How far an import is, in products.</summary>
/// <param name="Decided">How many have an outcome.</param>
/// <param name="Visible">How many of them readers see.</param>
public sealed record ImportProgress(
    int Decided,
    int Visible);
