using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>A row that a read model keeps beside an item, in a second table, so that the item can be found: a word of a product.</summary>
/// <param name="Stream">The item's.</param>
/// <param name="Key">What no other entry of the item has.</param>
/// <param name="Content">Everything else that the row holds.</param>
public sealed record IndexEntry(
    StreamId Stream,
    string Key,
    string Content);
