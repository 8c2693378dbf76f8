using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>
/// What must hold of another stream. The service looks at it before it sends the command, and refuses only for what no
/// later command can change.
/// </summary>
/// <param name="Missing">The answer where the stream does not exist within a second; null where it need not exist.</param>
/// <param name="Against">The answer where the state speaks against the command for good; null where it does not.</param>
public sealed record Requirement(
    StreamId Stream,
    Problem? Missing,
    Func<object, Problem?> Against)
{
    /// <summary>The stream must exist.</summary>
    public static Requirement Exists(StreamId stream, Problem missing) => new(stream, missing, Against: _ => null);

    /// <summary>What the stream has against the command, by its tip.</summary>
    public Problem? Judge(Domain domain, StreamTip? tip) =>
        domain.DeciderOf(Stream) is { } decider && Foresight.StateOf(tip, decider) is { } state ? Against(state) : null;
}
