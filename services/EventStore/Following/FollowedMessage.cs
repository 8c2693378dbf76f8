using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>A message as the queue gave it.</summary>
/// <param name="Id">Names it in the report of failures.</param>
/// <param name="ReceiveCount">1 the first time.</param>
public sealed record FollowedMessage(
    string Id,
    string Body,
    int ReceiveCount);

/// <summary>Handles what a batch says about its streams, each once, and returns why which of them failed. An exception fails all of them.</summary>
public delegate Task<IReadOnlyDictionary<StreamId, Exception>> FollowStreams(IReadOnlyList<StreamBatch> streams, CancellationToken ct);
