using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.Web.Health;

/// <summary>The read model of most requests. The health check probes it, and the start opens its connections.</summary>
/// <param name="Circuit">The circuit that requests use.</param>
/// <param name="Nothing">A stream that does not exist, which costs least to read.</param>
/// <param name="ReadAsync">Reads <paramref name="Nothing"/> from the read model.</param>
/// <param name="OpenAsync">Reads everything else that the first request would wait for.</param>
public sealed record ServedReadModel(
    Dependency Circuit,
    StreamId Nothing,
    Func<CancellationToken, Task> ReadAsync,
    Func<CancellationToken, Task> OpenAsync);
