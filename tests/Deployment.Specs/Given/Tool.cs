using System.Diagnostics;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>A program that checks templates.</summary>
public static class Tool
{
    /// <summary>The repository's root, a parent of the test program's folder.</summary>
    public static string RepositoryRoot { get; } = Above(AppContext.BaseDirectory);

    public static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Returns the exit code and the output of both streams.</summary>
    public static Task<(int Code, string Printed)> RunAsync(string name, params IEnumerable<string> arguments) => RunAsync(new ProcessStartInfo(name, arguments));

    /// <summary>
    /// Runs it without AWS credentials and without a network: every proxy setting names an address that nobody serves.
    /// </summary>
    public static Task<(int Code, string Printed)> RunOfflineAsync(string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments);
        foreach (var variable in start.Environment.Keys.Where(variable => variable.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(variable);
        foreach (var variable in new[] { "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy" }) start.Environment[variable] = "http://127.0.0.1:9";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        return RunAsync(start);
    }

    private static async Task<(int Code, string Printed)> RunAsync(ProcessStartInfo start)
    {
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (RepositoryRoot, true, true);
        using var process = Process.Start(start)!;
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
