using System.Security.Cryptography;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// The two keys derived from a person's key (HKDF-SHA256, RFC 5869): one for the texts, one for their nonces.
/// </summary>
internal sealed class PersonKeys
{
    private PersonKeys(byte[] textKey, byte[] nonceKey) => (TextKey, NonceKey) = (textKey, nonceKey);

    public static PersonKeys Erased { get; } = new([], []);

    public byte[] TextKey { get; }

    public byte[] NonceKey { get; }

    public bool IsErased => TextKey.Length == 0;

    public static PersonKeys From(byte[] key) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "personal text"u8.ToArray()),
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "nonce of personal text"u8.ToArray()));
}
