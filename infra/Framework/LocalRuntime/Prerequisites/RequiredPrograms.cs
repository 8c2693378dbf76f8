using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.LocalRuntime.Prerequisites;

/// <summary>Checks for the programs that the local stack needs besides the .NET SDK.</summary>
public static partial class RequiredPrograms
{
    private const int OldestNode = 20;
    private const int OldestJava = 17;

    /// <summary>
    /// Returns a line for each missing or outdated program, with what to install; empty if there is none.
    /// </summary>
    public static IReadOnlyList<string> Check()
    {
        var node = Task.Run(() => Run("node", "--version"));
        var java = Task.Run(() => Run("java", "-version"));
        string?[] missing =
        [
            Judge(node.Result, OldestNode, "Node.js", "install Node.js 24 (nodejs.org) and put `node` on the PATH"),
            Processes.Posix.FindOnPath("npm") is null ? "npm is missing: it comes with Node.js (on Debian: `apt install npm`); put `npm` on the PATH." : null,
            Judge(java.Result, OldestJava, "Java", "install a JDK (on Debian: `apt install openjdk-17-jdk-headless`; DynamoDB Local needs it) and put `java` on the PATH"),
        ];
        return [.. missing.OfType<string>()];
    }

    internal static string? Judge(string? versionOutput, int oldest, string what, string remedy)
    {
        if (versionOutput is null)
            return $"{what} is missing: {remedy}.";
        var found = MajorVersion().Match(versionOutput);
        if (!found.Success)
            return $"{what} does not tell its version ({versionOutput.Split('\n')[0]}): {remedy}.";
        // Java 8 and older have versions like 1.8; 1 is also too old.
        return int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) >= oldest
            ? null
            : $"{what} {found.Groups[1].Value} is too old, {oldest} or newer is needed: {remedy}.";
    }

    private static string? Run(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            // Java prints its version to standard error, after lines about options from the environment.
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex("(?:^v|version \")(\\d+)", RegexOptions.Multiline)]
    private static partial Regex MajorVersion();
}
