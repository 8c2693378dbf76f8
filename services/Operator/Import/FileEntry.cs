namespace ServerlessCqrs.Operator.Import;

/// <summary>One entry as the file has it.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Fields">Its fields as texts, null where the file says so.</param>
/// <param name="Lists">Those of its fields that are lists: of each, the elements' own texts, of which one that is no mapping has none.</param>
/// <param name="Fault">Why it cannot be read; null where it can.</param>
public sealed record FileEntry(
    long Line,
    IReadOnlyDictionary<string, string?> Fields,
    IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string?>>> Lists,
    string? Fault = null)
{
    /// <summary>The first of these fields that is missing or blank; null where none is.</summary>
    public string? Lacks(params string[] names) => names.FirstOrDefault(name => string.IsNullOrWhiteSpace(Fields.GetValueOrDefault(name)));
}

/// <summary>An entry that cannot be imported, and why.</summary>
public sealed record BrokenEntry(
    long Line,
    string Reason);
