namespace ServerlessCqrs.Operator.Import;

/// <summary>One product as the file has it: its fields as texts, null where the file says so. What is no text (a list, a mapping) is left out.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Fault">Why it cannot be read; null where it can.</param>
public sealed record CatalogueEntry(
    long Line,
    IReadOnlyDictionary<string, string?> Fields,
    string? Fault = null);

/// <summary>An entry that cannot be imported, and why.</summary>
public sealed record BrokenEntry(
    long Line,
    string Reason);
