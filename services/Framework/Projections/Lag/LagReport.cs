using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>The lag of a read model behind the log.</summary>
/// <param name="Name">The read model's name.</param>
/// <param name="LagMs">The age of the oldest unapplied event since it reached the log, by the log's clock, or 0 if
/// there is none.</param>
/// <param name="BehindStreams">The number of streams with unapplied events, among those that were checked.</param>
/// <param name="Oldest">The stream of the oldest unapplied event.</param>
public sealed record LagReport(
    string Name,
    long LagMs,
    int BehindStreams,
    StreamId? Oldest);
