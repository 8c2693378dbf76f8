namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>What exists once the topology is created: the names AWS gave it. Account ids differ from emulator to emulator, so ARNs are never built here.</summary>
/// <param name="Topics">ARN by topic name.</param>
/// <param name="Queues">By queue name; dead-letter queues too.</param>
/// <param name="Streams">By stream name.</param>
public sealed record CreatedResources(
    IReadOnlyDictionary<string, string> Topics,
    IReadOnlyDictionary<string, CreatedQueue> Queues,
    IReadOnlyDictionary<string, CreatedStream> Streams);

public sealed record CreatedQueue(
    string Url,
    string Arn);

/// <param name="CreatedAt">Identifies the stream together with the ARN. A recreated stream restarts its sequence
/// numbers.</param>
public sealed record CreatedStream(
    string Arn,
    DateTime CreatedAt);
