using ServerlessCqrs.Shop;

namespace ServerlessCqrs.CommandApi.Commands;

/// <summary>What a route wants done.</summary>
/// <param name="Location">Where the thing is that this creates; null where it creates none.</param>
/// <param name="IsFresh">Whether the stream's id was drawn for this very request: then it cannot exist, and nothing need be read.</param>
/// <param name="Requires">A stream that must exist besides the command's own.</param>
public sealed record Write(
    StreamId Stream,
    ICommand Command,
    string? Location = null,
    bool IsFresh = false,
    StreamId? Requires = null);
