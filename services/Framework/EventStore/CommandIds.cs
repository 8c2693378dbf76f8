using System.Globalization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>Ids that are the same on every retry: name-based UUIDs, version 5 (RFC 9562, section 5.5).</summary>
public static class CommandIds
{
    // Any fixed UUID makes a namespace; these were drawn once and must never change.
    private static readonly Guid KeyNamespace = new("7d3a4bd4-8ab5-4b6c-9b43-0f2c6d1f0f5b");
    private static readonly Guid RecordNamespace = new("0f9f3d52-1e43-4f1c-8a8e-6a9e2f6d7c11");
    private static readonly Guid CreatedNamespace = new("b9a0c7f8-52d3-4c39-8b57-3f6f0a4f9e62");

    /// <summary>What identifies a client's idempotency key: who said it, on which stream.</summary>
    public static Guid OfKey(string issuer, string caller, StreamId stream, string key) =>
        Named(KeyNamespace, $"{issuer}\n{caller}\n{stream}\n{key}");

    /// <summary>The command that a key and a request make: the same request again is the same command.</summary>
    /// <param name="requestHash">SHA-256 of method, path, body and If-Match.</param>
    public static Guid OfRequest(Guid keyId, ReadOnlySpan<byte> requestHash) => Named(keyId, Convert.ToHexStringLower(requestHash));

    /// <summary>The id of a thing created under an idempotency key, where the client chose none: a retried create is the same create.</summary>
    public static Guid OfCreated(string caller, string key) => Named(CreatedNamespace, $"{caller}\n{key}");

    /// <summary>The id of a command's event number <paramref name="index"/>, from 0.</summary>
    public static Guid OfEvent(Guid commandId, int index) => Named(commandId, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>The command by which a process manager answers an event: the same on every delivery. It answers one event with one command of a kind to a stream at most.</summary>
    /// <param name="command">The command's wire name.</param>
    public static Guid OfAnswer(Guid eventId, StreamId stream, string command) => Named(eventId, $"{stream}\n{command}");

    /// <summary>The command id of a record that carries none that can be read.</summary>
    public static Guid OfUnreadable(string source, string sequenceNumber) => Named(RecordNamespace, $"{source}\n{sequenceNumber}");

    /// <inheritdoc cref="NameBasedUuid.Of"/>
    public static Guid Named(Guid space, string name) => NameBasedUuid.Of(space, name);
}
