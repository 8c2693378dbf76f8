using System.Globalization;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.NpmBuilds;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>Port and folders of one emulator.</summary>
/// <param name="DataFolder">The stack's data folder. An emulator keeps its files in a subfolder with its own
/// name.</param>
public sealed record EmulatorPlace(
    string RepositoryRoot,
    string DataFolder,
    int Port)
{
    public Uri Url => new($"http://127.0.0.1:{Port}");

    internal string PortText => Port.ToString(CultureInfo.InvariantCulture);

    internal string Folder(string name) => Directory.CreateDirectory(Path.Combine(DataFolder, name)).FullName;

    internal string Package(params string[] path) => Path.Combine([RepositoryRoot, "node_modules", .. path]);

    /// <summary>
    /// A Node program on 127.0.0.1 with AWS's limits. It runs in the repository's root, so that it finds its packages.
    /// </summary>
    internal ProcessSpec Node(string name, params string[] arguments) =>
        new(name, NodeRuntime.Find(RepositoryRoot), ["--require", Preloaded("loopback.cjs"), "--require", Preloaded("aws-limits.cjs"), .. arguments])
        {
            WorkingDirectory = RepositoryRoot,
            IsReady = Readiness.HttpAnswers(Url),
        };

    private static string Preloaded(string file) => Path.Combine(AppContext.BaseDirectory, "Emulators", file);
}
