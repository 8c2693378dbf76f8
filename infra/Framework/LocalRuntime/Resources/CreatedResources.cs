namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>
/// The names that AWS gave the topology's resources. Account ids differ between emulators, so no code here builds ARNs.
/// </summary>
/// <param name="Topics">ARNs by topic name.</param>
/// <param name="Queues">By queue name, including dead letter queues.</param>
/// <param name="Streams">By stream name.</param>
public sealed record CreatedResources(
    IReadOnlyDictionary<string, string> Topics,
    IReadOnlyDictionary<string, CreatedQueue> Queues,
    IReadOnlyDictionary<string, CreatedStream> Streams);

public sealed record CreatedQueue(
    string Url,
    string Arn);

/// <param name="CreatedAt">Identifies the stream together with the ARN: a recreated stream restarts its sequence
/// numbers.</param>
public sealed record CreatedStream(
    string Arn,
    DateTime CreatedAt);
