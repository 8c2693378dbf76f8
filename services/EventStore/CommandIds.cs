using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.Shop;

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
    public static Guid OfEvent(Guid commandId, int index) => Named(commandId, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The command id of a record that carries none that can be read.</summary>
    public static Guid OfUnreadable(string source, string sequenceNumber) => Named(RecordNamespace, $"{source}\n{sequenceNumber}");

    /// <summary>UUIDv5 of a name in a namespace.</summary>
    public static Guid Named(Guid space, string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        Span<byte> input = length <= 512 ? stackalloc byte[16 + length] : new byte[16 + length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 defines version 5 by SHA-1; nothing here rests on its strength.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF | 0x5000));
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
