using System.Globalization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>
/// Creates ids that are the same on every retry: name-based UUIDs, version 5 (RFC 9562, section 5.5).
/// </summary>
public static class CommandIds
{
    // Any fixed UUID can be a namespace. These were drawn once and must never change.
    private static readonly Guid KeyNamespace = new("7d3a4bd4-8ab5-4b6c-9b43-0f2c6d1f0f5b");
    private static readonly Guid RecordNamespace = new("0f9f3d52-1e43-4f1c-8a8e-6a9e2f6d7c11");
    private static readonly Guid CreatedNamespace = new("b9a0c7f8-52d3-4c39-8b57-3f6f0a4f9e62");

    /// <summary>Returns the id of a client's idempotency key, which is unique per issuer, caller and stream.</summary>
    public static Guid OfKey(string issuer, string caller, StreamId stream, string key) =>
        Named(KeyNamespace, $"{issuer}\n{caller}\n{stream}\n{key}");

    /// <summary>
    /// Returns the command id of a request under a key. The same request under the same key is the same command.
    /// </summary>
    /// <param name="requestHash">SHA-256 of method, path, body and If-Match.</param>
    public static Guid OfRequest(Guid keyId, ReadOnlySpan<byte> requestHash) => Named(keyId, Convert.ToHexStringLower(requestHash));

    /// <summary>
    /// Returns the id of what a command creates under an idempotency key, when the client chose none. A retry creates
    /// the same thing.
    /// </summary>
    public static Guid OfCreated(string caller, string key) => Named(CreatedNamespace, $"{caller}\n{key}");

    /// <summary>Returns the id of the command's event with this zero-based index.</summary>
    public static Guid OfEvent(Guid commandId, int index) => Named(commandId, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Returns the id of a process manager's command that answers an event: the same on every delivery. A process
    /// manager sends at most one command of each type to a stream per event.
    /// </summary>
    /// <param name="command">The command's wire name.</param>
    public static Guid OfAnswer(Guid eventId, StreamId stream, string command) => Named(eventId, $"{stream}\n{command}");

    /// <summary>Returns the command id of a record whose own id is missing or unreadable.</summary>
    public static Guid OfUnreadable(string source, string sequenceNumber) => Named(RecordNamespace, $"{source}\n{sequenceNumber}");

    /// <inheritdoc cref="NameBasedUuid.Of"/>
    public static Guid Named(Guid space, string name) => NameBasedUuid.Of(space, name);
}
