using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Commands;

internal static class KnownStream
{
    /// <exception cref="OperatorException">The stream has no command: its id is probably misspelt.</exception>
    public static async Task EnsureAsync(OperatedStack stack, StreamId stream, CancellationToken ct)
    {
        if (await stack.Tips.FindAsync(stream, ct) is not null) return;
        if ((await stack.Trail.ReadAsync(new TrailQuery(stream), after: null, newestFirst: true, limit: 1, ct)).Count == 0)
            throw new OperatorException($"Stream {stream} not found: it has no command. Check its id.");
    }
}
