using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.Local.Identity;

/// <summary>The key that signs tokens: RSA, kept in a file that only its owner can read, so that tokens outlive a restart.</summary>
public static class IdentityKey
{
    private const int Bits = 2048;

    /// <exception cref="CryptographicException">The file holds no key.</exception>
    public static RsaSecurityKey LoadOrCreate(string path)
    {
        var rsa = RSA.Create(Bits);
        if (File.Exists(path))
            rsa.ImportFromPem(File.ReadAllText(path));
        else
            Save(path, rsa.ExportPkcs8PrivateKeyPem());

        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static void Save(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(pem);
    }
}
