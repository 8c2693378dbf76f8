using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>What a route wants done.</summary>
/// <param name="Location">Where the thing is that this creates; null where it creates none.</param>
/// <param name="IsFresh">Whether the stream's id was drawn for this very request: then it cannot exist, and need not be read.</param>
/// <param name="Requires">What must hold of other streams besides.</param>
public sealed record Write(
    StreamId Stream,
    ICommand Command,
    string? Location = null,
    bool IsFresh = false,
    params IReadOnlyList<Requirement> Requires);
