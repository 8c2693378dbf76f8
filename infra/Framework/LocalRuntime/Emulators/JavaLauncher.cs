using System.Diagnostics;
using System.Security.Cryptography;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>
/// Compiles <c>LoopbackDynamoDb.java</c>, once for a version of it and of DynamoDB Local. A JDK has the compiler; a Java runtime alone has none.
/// </summary>
internal static class JavaLauncher
{
    private const string MainClass = "LoopbackDynamoDb";

    /// <param name="home">DynamoDB Local's folder. The classes go into <c>node_modules</c>, which is recreated with
    /// it.</param>
    /// <returns>The folder of the classes; null when this Java cannot compile.</returns>
    public static string? Compile(string repositoryRoot, string home)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Emulators", MainClass + ".java");
        var version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source)))[..16];
        var classes = Path.Combine(repositoryRoot, "node_modules", $".{MainClass}-{Path.GetFileName(home)}-{version}");
        if (File.Exists(Path.Combine(classes, MainClass + ".class")))
            return classes;

        // Several stacks may compile at once: the first one to finish wins.
        var own = Directory.CreateTempSubdirectory("loopback-java-").FullName;
        try
        {
            if (!Run(source, home, own))
                return null;
            Directory.CreateDirectory(classes);
            // The main class last: it tells that all are there.
            foreach (var file in Directory.GetFiles(own).OrderByDescending(file => file.Contains('$', StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(classes, Path.GetFileName(file)), overwrite: true);
            return classes;
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    /// <summary>What stands in a command line in the place of <c>-jar DynamoDBLocal.jar</c>.</summary>
    public static IReadOnlyList<string> Arguments(string classes, string home) => ["-cp", string.Join(Path.PathSeparator, [classes, .. Jars(home)]), MainClass];

    private static string[] Jars(string home) => [Path.Combine(home, "DynamoDBLocal.jar"), Path.Combine(home, "DynamoDBLocal_lib", "*")];

    private static bool Run(string source, string home, string into)
    {
        var start = new ProcessStartInfo("java",
        [
            "-m", "jdk.compiler/com.sun.tools.javac.Main", "--release", "17", "-proc:none", "-nowarn", "-cp", string.Join(Path.PathSeparator, Jars(home)), "-d", into, source,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEnd();
        _ = error.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
