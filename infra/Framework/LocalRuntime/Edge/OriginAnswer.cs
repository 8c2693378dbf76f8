namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>A complete response of the origin.</summary>
/// <param name="Headers">The headers without those of one connection.</param>
internal sealed record OriginAnswer(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    byte[] Body)
{
    public string? ETag => Header("ETag");

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
