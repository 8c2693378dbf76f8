using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>A command of a route.</summary>
/// <param name="Resource">What the command changes, or null if clients have no name for it.</param>
/// <param name="Creates">True if the command creates the resource. The answer is then 201 with its URL.</param>
/// <param name="IsFresh">True if the stream's id was created for this request. Then the stream cannot exist, and need
/// not be read.</param>
/// <param name="Requires">What other streams must fulfil.</param>
public sealed record Write(
    StreamId Stream,
    ICommand Command,
    Resource? Resource = null,
    bool Creates = false,
    bool IsFresh = false,
    params IReadOnlyList<Requirement> Requires);

/// <summary>What a command changes, as clients name it.</summary>
/// <param name="Id">Its id in the paths of routes.</param>
/// <param name="Url">The path of the route that reads it, or null if no route reads it alone.</param>
public sealed record Resource(
    string Id,
    string? Url = null);
