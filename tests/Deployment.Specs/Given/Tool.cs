using System.Diagnostics;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>A program that checks templates.</summary>
public static class Tool
{
    /// <summary>The repository's root, above the folder of the tests' own program.</summary>
    public static string RepositoryRoot { get; } = Above(AppContext.BaseDirectory);

    public static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>What it prints, to both, and its exit code.</summary>
    public static async Task<(int Code, string Printed)> RunAsync(string name, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { WorkingDirectory = RepositoryRoot, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ServerlessCqrs.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("The tests do not run in the repository.");
    }
}
