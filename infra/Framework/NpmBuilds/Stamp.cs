using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ServerlessCqrs.NpmBuilds;

/// <summary>A file with the fingerprint of a result's inputs.</summary>
internal sealed record Stamp(
    string Location,
    string Wanted)
{
    public bool IsCurrent => File.Exists(Location) && File.ReadAllText(Location) == Wanted;

    /// <summary>
    /// The stamp of a folder's npm packages. The fingerprint includes the platform: a folder shared with a container
    /// can hold the other system's binaries.
    /// </summary>
    public static Stamp OfPackages(string folder) => new(
        Path.Combine(folder, "node_modules", ".installed-from"),
        $"{RuntimeInformation.RuntimeIdentifier} {Hash(File.ReadAllBytes(Path.Combine(folder, "package-lock.json")))}");

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Location)!);
        File.WriteAllText(Location, Wanted);
    }
}
