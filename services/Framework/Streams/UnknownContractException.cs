namespace ServerlessCqrs.Streams;

/// <summary>
/// A stored or sent message has a name or version that this code does not know. Such a message is never skipped.
/// </summary>
public sealed class UnknownContractException(string name, int version, int? newestKnown) : Exception(
    newestKnown is { } newest
        ? $"'{name}' version {version} is unknown here; the newest known is {newest}. Deploy the consumers before the producers."
        : $"'{name}' is unknown here.")
{
    public string Name { get; } = name;

    public int Version { get; } = version;

    /// <summary>True if newer code would know it: the name is known, and the version is above all known ones.</summary>
    public bool IsNewer { get; } = newestKnown is { } known && version > known;
}
