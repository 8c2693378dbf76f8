using System.Diagnostics;
using System.Text;

namespace ServerlessCqrs.NpmBuilds;

/// <summary>Runs npm, with the pinned Node if it is installed.</summary>
internal static class Npm
{
    /// <summary>The arguments that install the packages of the lock file.</summary>
    public static readonly string[] Install = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];

    /// <exception cref="InvalidOperationException">npm failed; the message contains the first lines of its
    /// reason.</exception>
    public static async Task RunAsync(string repositoryRoot, string folder, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetDirectoryName(NodeRuntime.Find(repositoryRoot)) is { Length: > 0 } pinned)
            start.Environment["PATH"] = pinned + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode == 0) return;
            var command = string.Join(' ', arguments.TakeWhile(argument => argument[0] != '-'));
            throw new InvalidOperationException($"npm {command} failed with exit code {process.ExitCode}: {Reason(await error, await output)}");
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
}
