using System.Diagnostics;
using System.Security.Cryptography;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>
/// Compiles <c>LoopbackDynamoDb.java</c> once per version of it and of DynamoDB Local. A JDK contains the compiler; a
/// plain Java runtime does not.
/// </summary>
internal static class JavaLauncher
{
    private const string MainClass = "LoopbackDynamoDb";

    /// <param name="home">DynamoDB Local's folder. The classes are stored in <c>node_modules</c>, which is recreated
    /// with it.</param>
    /// <returns>The folder of the classes; null if this Java cannot compile.</returns>
    public static string? Compile(string repositoryRoot, string home)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Emulators", MainClass + ".java");
        var version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source)))[..16];
        var classes = Path.Combine(repositoryRoot, "node_modules", $".{MainClass}-{Path.GetFileName(home)}-{version}");
        if (File.Exists(Path.Combine(classes, MainClass + ".class")))
            return classes;

        // Several stacks can compile at the same time: the first one to finish wins.
        var own = Directory.CreateTempSubdirectory("loopback-java-").FullName;
        try
        {
            if (!Run(source, home, own))
                return null;
            Directory.CreateDirectory(classes);
            // The main class is copied last: its presence means that all classes are there.
            foreach (var file in Directory.GetFiles(own).OrderByDescending(file => file.Contains('$', StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(classes, Path.GetFileName(file)), overwrite: true);
            return classes;
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    /// <summary>The arguments that replace <c>-jar DynamoDBLocal.jar</c>.</summary>
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
