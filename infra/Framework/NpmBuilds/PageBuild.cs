using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.NpmBuilds;

/// <summary>
/// Keeps a page's built files consistent with its sources. It runs <c>npm ci</c> and <c>npm run build</c> only after a
/// change.
/// </summary>
public static class PageBuild
{
    /// <summary>The document that the page's types are generated from.</summary>
    private const string ApiDocument = "docs/openapi.json";

    /// <summary>The folder of the styles that every page imports.</summary>
    private const string SharedStyles = "services/Framework/WebStyles";

    /// <summary>The folder of the built files.</summary>
    public static string FolderOf(string repositoryRoot, StaticSite site) => FolderOf(repositoryRoot, site.Project);

    /// <summary>Returns at once if the files are current. Several processes can call it at the same time.</summary>
    /// <exception cref="InvalidOperationException">npm failed; the message contains its reason.</exception>
    public static Task EnsureBuiltAsync(string repositoryRoot, StaticSite site, ILogger log, CancellationToken ct) =>
        EnsureBuiltAsync(repositoryRoot, site.Project, log, ct);

    /// <param name="project">The page's folder, from the repository's root.</param>
    /// <inheritdoc cref="EnsureBuiltAsync(string, StaticSite, ILogger, CancellationToken)"/>
    public static async Task EnsureBuiltAsync(string repositoryRoot, string project, ILogger log, CancellationToken ct)
    {
        var folder = Path.Combine(repositoryRoot, project);
        var built = new Stamp(Path.Combine(folder, "obj", "built-from"), Fingerprint(repositoryRoot, folder));
        if (built.IsCurrent && Directory.Exists(FolderOf(repositoryRoot, project)))
            return;

        await using var exclusive = await FileLock.AcquireAsync(Path.Combine(repositoryRoot, ".local", "page-build.lock"), "builds the page", log, ct);
        if (built.IsCurrent && Directory.Exists(FolderOf(repositoryRoot, project)))
            return;

        log.LogInformation("Building the page in {Project}", project);
        var since = Stopwatch.GetTimestamp();
        await EnsureInstalledAsync(repositoryRoot, folder, ct);
        await Npm.RunAsync(repositoryRoot, folder, ["run", "build"], ct);
        built.Write();
        log.LogInformation("Built the page in {Elapsed:0.0} s", Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private static string FolderOf(string repositoryRoot, string project) => Path.Combine(repositoryRoot, project, "dist");

    private static async Task EnsureInstalledAsync(string repositoryRoot, string folder, CancellationToken ct)
    {
        var installed = Stamp.OfPackages(folder);
        if (installed.IsCurrent)
            return;
        await Npm.RunAsync(repositoryRoot, folder, Npm.Install, ct);
        installed.Write();
    }

    /// <summary>A hash of the names and contents of everything that the build reads.</summary>
    private static string Fingerprint(string repositoryRoot, string folder)
    {
        var sources = Directory.EnumerateFiles(folder)
            .Concat(((string[])["src", "public"]).Select(name => Path.Combine(folder, name)).Where(Directory.Exists)
                .SelectMany(part => Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories)))
            .Where(file => !file.EndsWith("schema.d.ts", StringComparison.Ordinal))
            .Append(Path.Combine(repositoryRoot, ApiDocument))
            .Concat(Directory.EnumerateFiles(Path.Combine(repositoryRoot, SharedStyles)))
            .Order(StringComparer.Ordinal);
        var all = new StringBuilder();
        foreach (var file in sources)
            all.Append(Path.GetRelativePath(folder, file)).Append(' ').AppendLine(Stamp.Hash(File.ReadAllBytes(file)));
        return Stamp.Hash(Encoding.UTF8.GetBytes(all.ToString()));
    }
}
