namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>A whole answer of the origin.</summary>
/// <param name="Headers">Without those that belong to one connection only.</param>
internal sealed record OriginAnswer(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    byte[] Body)
{
    public string? ETag => Header("ETag");

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
