using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>
/// What another stream must fulfil. The service checks it before it sends the command, and refuses only for what no
/// later command can change.
/// </summary>
/// <param name="Missing">The answer if the stream does not exist within a second, or null if it need not exist.</param>
/// <param name="Against">Returns the answer if the state permanently forbids the command, or null.</param>
public sealed record Requirement(
    StreamId Stream,
    Problem? Missing,
    Func<object, Problem?> Against)
{
    /// <summary>The stream must exist.</summary>
    public static Requirement Exists(StreamId stream, Problem missing) => new(stream, missing, Against: _ => null);

    /// <summary>Returns why the stream's tip forbids the command, or null.</summary>
    public Problem? Judge(Domain domain, StreamTip? tip) =>
        domain.DeciderOf(Stream) is { } decider && Foresight.StateOf(tip, decider) is { } state ? Against(state) : null;
}
