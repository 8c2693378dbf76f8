using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.LocalRuntime.Secrets;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>The key that signs tokens: RSA, kept in a file that only its owner can read, so that tokens outlive a restart.</summary>
public static class IdentityKey
{
    private const int Bits = 2048;

    /// <exception cref="CryptographicException">The file holds no key.</exception>
    public static RsaSecurityKey LoadOrCreate(string path)
    {
        var rsa = RSA.Create(Bits);
        rsa.ImportFromPem(OwnerOnlyFile.ReadOrCreate(path, rsa.ExportPkcs8PrivateKeyPem));
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}
