using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Prerequisites;

/// <summary>Keeps <c>node_modules</c> as <c>package-lock.json</c> says.</summary>
public static class NpmPackages
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs <c>npm ci</c> when the packages are missing or not those of the lock; else returns at once. Safe when several processes do so at
    /// the same time: one installs, the others wait.
    /// </summary>
    /// <exception cref="InvalidOperationException">npm failed, or has no ClickHouse library for this platform; the message says which.</exception>
    public static async Task EnsureInstalledAsync(string repositoryRoot, ILogger log, CancellationToken ct)
    {
        var stamp = Path.Combine(repositoryRoot, "node_modules", ".installed-from");
        var wanted = Fingerprint(repositoryRoot);
        if (IsCurrent(stamp, wanted))
            return;

        await using var exclusive = await LockAsync(Path.Combine(repositoryRoot, ".local", "npm-install.lock"), log, ct);
        if (IsCurrent(stamp, wanted))
            return;

        log.LogInformation("Installing the emulators and ClickHouse's library from npm into node_modules (once; some 900 MB)");
        var since = Stopwatch.GetTimestamp();
        await InstallAsync(repositoryRoot, log, ct);
        // npm passes over an optional package that it cannot fetch, and calls that a success.
        _ = ClickHouse.LibChdb.Find(repositoryRoot);
        await File.WriteAllTextAsync(stamp, wanted, ct);
        log.LogInformation("Installed the npm packages in {Elapsed:0} s", Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private static bool IsCurrent(string stamp, string wanted) => File.Exists(stamp) && File.ReadAllText(stamp) == wanted;

    /// <summary>The platform counts too: a folder shared with a container holds the other system's binaries.</summary>
    private static string Fingerprint(string repositoryRoot) =>
        $"{RuntimeInformation.RuntimeIdentifier} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(repositoryRoot, "package-lock.json"))))}";

    private static async Task<FileStream> LockAsync(string path, ILogger log, CancellationToken ct)
    {
        try
        {
            // A failure here is permanent. Only another process's lock is worth a wait. The lock's own file cannot be
            // used for this check, because opening it fails while another process holds it.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var probe = new FileStream($"{path}.{Guid.NewGuid():N}", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The npm packages cannot be installed, because {path} cannot be written: {e.Message}", e);
        }

        for (var isTold = false; ; isTold = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (!isTold)
                    log.LogInformation("Another process installs the npm packages; this one waits for it");
                await Task.Delay(LockPoll, ct);
            }
        }
    }

    private static async Task InstallAsync(string repositoryRoot, ILogger log, CancellationToken ct)
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using var process = Process.Start(new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = repositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            var exit = process.WaitForExitAsync(ct);
            var since = Stopwatch.GetTimestamp();
            while (await Task.WhenAny(exit, Task.Delay(ProgressEvery, ct)) != exit)
                log.LogInformation("npm ci: {Megabytes} MB so far, {Elapsed:0} s", Megabytes(repositoryRoot), Stopwatch.GetElapsedTime(since).TotalSeconds);
            await exit;
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"npm ci failed with exit code {process.ExitCode}: {Reason(await error, await output)}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string Reason(string error, string output)
    {
        var lines = new StringBuilder();
        foreach (var line in (error + output).Split('\n').Where(line => line.Length > 0).Take(8))
            lines.Append("\n  ").Append(line.TrimEnd());
        return lines.Length == 0 ? "npm gave no reason" : lines.ToString();
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
            // npm moves folders while we look.
            return 0;
        }
    }
}
