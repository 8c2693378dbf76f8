using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Creates ids that are the same on every retry and every machine: name-based UUIDs, version 5 (RFC 9562, section 5.5).
/// </summary>
public static class NameBasedUuid
{
    /// <summary>Returns the UUID of a name in a namespace.</summary>
    public static Guid Of(Guid space, string name)
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
