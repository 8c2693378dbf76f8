using System.Security.Cryptography;
using ServerlessCqrs.LocalRuntime.Secrets;

namespace ServerlessCqrs.LocalRuntime.Specs.Identity;

/// <summary>One identity key for many specs, because creating an RSA key takes longer than most of them.</summary>
internal static class SharedKey
{
    private static readonly Lazy<string> Pem = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    });

    /// <summary>Stores the key where an identity provider with this data folder finds it.</summary>
    public static void PutInto(string dataFolder) => OwnerOnlyFile.Write(Path.Combine(dataFolder, "identity-key.pem"), Pem.Value);
}
