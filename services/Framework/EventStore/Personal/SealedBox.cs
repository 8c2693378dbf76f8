using System.Security.Cryptography;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>AES-256-GCM in one byte array: nonce, ciphertext, tag.</summary>
internal static class SealedBox
{
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> about)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        nonce.CopyTo(box);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), about);
        return box;
    }

    /// <exception cref="CryptographicException">The box or its additional data was changed, or the key is
    /// wrong.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> about)
    {
        if (box.Length < NonceBytes + TagBytes) throw new CryptographicException("The sealed bytes are too short.");
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box[..NonceBytes], box.Slice(NonceBytes, plain.Length), box[^TagBytes..], plain, about);
        return plain;
    }
}
