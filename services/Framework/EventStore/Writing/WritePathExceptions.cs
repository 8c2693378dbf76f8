using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// Another process committed to the stream after its tip was read. This attempt left nothing visible, and the batch
/// must be retried.
/// </summary>
public sealed class StaleTipException(StreamId stream) : Exception($"The tip of {stream} changed since it was read: another consumer works on this shard.")
{
    public StreamId Stream { get; } = stream;
}

/// <summary>
/// A tip covers a command whose outcome is in neither tip nor log. The history is damaged, and the shard stops to avoid
/// deciding twice.
/// </summary>
public sealed class LostOutcomeException(StreamId stream, Guid commandId) : Exception($"Command {commandId} on {stream} was decided, but its outcome is in neither tip nor log.")
{
    public StreamId Stream { get; } = stream;

    public Guid CommandId { get; } = commandId;
}
