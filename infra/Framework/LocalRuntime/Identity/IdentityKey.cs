using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.LocalRuntime.Secrets;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>
/// The RSA key that signs tokens. Only its owner can read its file. Tokens stay valid after a restart.
/// </summary>
public static class IdentityKey
{
    private const int Bits = 2048;

    /// <exception cref="CryptographicException">The file does not contain a key.</exception>
    public static RsaSecurityKey LoadOrCreate(string path)
    {
        var rsa = RSA.Create(Bits);
        rsa.ImportFromPem(OwnerOnlyFile.ReadOrCreate(path, rsa.ExportPkcs8PrivateKeyPem));
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}
