using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Eleven characters that stand for texts in a decision state, which can then be compared without storing them. A
/// fingerprint is the first 64 bits of SHA-256 as base64url. The order and the boundaries of the texts matter. Tips
/// store fingerprints, so a change of the algorithm changes the state's shape.
/// </summary>
public static class Fingerprint
{
    private const int Bytes = 8;

    public static string Of(params ReadOnlySpan<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var text in texts)
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
            buffer.Advance(sizeof(int));
            Encoding.UTF8.GetBytes(text, buffer);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, digest);
        return Base64Url.EncodeToString(digest[..Bytes]);
    }
}
