using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>Another process committed to the stream since its tip was read. Nothing of this attempt is visible; the batch must come again.</summary>
public sealed class StaleTipException(StreamId stream) : Exception($"The tip of {stream} changed since it was read: another consumer works on this shard.")
{
    public StreamId Stream { get; } = stream;
}

/// <summary>A tip covers a command whose outcome is in neither tip nor log. History was damaged; the shard stops rather than decide twice.</summary>
public sealed class LostOutcomeException(StreamId stream, Guid commandId) : Exception($"Command {commandId} on {stream} was decided, but its outcome is in neither tip nor log.")
{
    public StreamId Stream { get; } = stream;

    public Guid CommandId { get; } = commandId;
}
