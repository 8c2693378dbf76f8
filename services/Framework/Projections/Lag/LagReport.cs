using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>How far a read model is behind the log.</summary>
/// <param name="Name">The read model's.</param>
/// <param name="LagMs">How long ago the oldest event that is not yet applied reached the log, by the log's clock; 0 when there is none.</param>
/// <param name="BehindStreams">How many streams have such events, as far as they were looked at.</param>
/// <param name="Oldest">The stream of the oldest such event.</param>
public sealed record LagReport(
    string Name,
    long LagMs,
    int BehindStreams,
    StreamId? Oldest);
