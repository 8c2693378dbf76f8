using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.NpmBuilds;

namespace ServerlessCqrs.LocalRuntime.Prerequisites;

/// <summary>Keeps <c>node_modules</c> consistent with <c>package-lock.json</c>.</summary>
public static class NpmPackages
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs <c>npm ci</c> if the packages are missing or differ from the lock file; otherwise returns at once. Several
    /// processes can call it at the same time: one installs, the others wait.
    /// </summary>
    /// <exception cref="InvalidOperationException">npm failed, or has no ClickHouse library for this platform; the message says which.</exception>
    public static async Task EnsureInstalledAsync(string repositoryRoot, ILogger log, CancellationToken ct)
    {
        var installed = Stamp.OfPackages(repositoryRoot);
        if (installed.IsCurrent)
            return;

        await using var exclusive = await FileLock.AcquireAsync(Path.Combine(repositoryRoot, ".local", "npm-install.lock"), "installs the npm packages", log, ct);
        if (installed.IsCurrent)
            return;

        log.LogInformation("Installing the emulators and ClickHouse's library from npm into node_modules (once; some 900 MB)");
        var since = Stopwatch.GetTimestamp();
        await InstallAsync(repositoryRoot, log, ct);
        // npm skips an optional package that it cannot fetch, and still reports success.
        _ = ClickHouse.LibChdb.Find(repositoryRoot);
        installed.Write();
        log.LogInformation("Installed the npm packages in {Elapsed:0} s", Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private static async Task InstallAsync(string repositoryRoot, ILogger log, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        var install = Npm.RunAsync(repositoryRoot, repositoryRoot, Npm.Install, ct);
        while (await Task.WhenAny(install, Task.Delay(ProgressEvery, ct)) != install)
            log.LogInformation("npm ci: {Megabytes} MB so far, {Elapsed:0} s", Megabytes(repositoryRoot), Stopwatch.GetElapsedTime(since).TotalSeconds);
        await install;
    }

    private static long Megabytes(string repositoryRoot)
    {
        try
        {
            var folder = new DirectoryInfo(Path.Combine(repositoryRoot, "node_modules"));
            return folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) >> 20 : 0;
        }
        catch (IOException)
        {
            // npm moves folders during the check.
            return 0;
        }
    }
}
