using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>A row in a second table by which an item can be found, for example a word of a product.</summary>
/// <param name="Stream">The item's stream.</param>
/// <param name="Key">Distinct among the item's entries.</param>
/// <param name="Content">The other content of the row.</param>
public sealed record IndexEntry(
    StreamId Stream,
    string Key,
    string Content);
