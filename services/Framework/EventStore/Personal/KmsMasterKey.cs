using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// A master key that never leaves AWS KMS. The person is the encryption context. So CloudTrail shows whose key was
/// opened, and a wrapped key opens for no other person.
/// </summary>
public sealed class KmsMasterKey(IAmazonKeyManagementService kms, string keyArn) : IMasterKey
{
    public async Task<(byte[] Plain, byte[] Wrapped)> CreateAsync(string person, CancellationToken ct)
    {
        var made = await kms.GenerateDataKeyAsync(new GenerateDataKeyRequest { KeyId = keyArn, KeySpec = DataKeySpec.AES_256, EncryptionContext = Context(person) }, ct);
        return (made.Plaintext.ToArray(), made.CiphertextBlob.ToArray());
    }

    public async Task<byte[]> UnwrapAsync(string person, byte[] wrapped, CancellationToken ct)
    {
        try
        {
            var opened = await kms.DecryptAsync(new DecryptRequest { KeyId = keyArn, CiphertextBlob = new MemoryStream(wrapped), EncryptionContext = Context(person) }, ct);
            return opened.Plaintext.ToArray();
        }
        catch (Exception e) when (e is InvalidCiphertextException or IncorrectKeyException)
        {
            throw new CryptographicException($"The key of '{person}' was not wrapped for this person by this master key, or was changed.", e);
        }
    }

    private static Dictionary<string, string> Context(string person) => new() { ["person"] = person };
}
