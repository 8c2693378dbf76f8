using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>A command of a route.</summary>
/// <param name="Location">The URL of what the command creates, or null if it creates nothing.</param>
/// <param name="IsFresh">True if the stream's id was created for this request. Then the stream cannot exist, and need
/// not be read.</param>
/// <param name="Requires">What other streams must fulfil.</param>
public sealed record Write(
    StreamId Stream,
    ICommand Command,
    string? Location = null,
    bool IsFresh = false,
    params IReadOnlyList<Requirement> Requires);
