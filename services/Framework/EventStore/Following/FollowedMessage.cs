using System.Globalization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>A message as the queue gave it.</summary>
/// <param name="Id">Names it in the report of failures.</param>
/// <param name="ReceiveCount">1 the first time.</param>
public sealed record FollowedMessage(
    string Id,
    string Body,
    int ReceiveCount)
{
    /// <summary>The message attribute in which a remainder has the receives of the message that it was a part of.</summary>
    public const string Receives = "receives";

    /// <summary>A message with its attributes: the receives of what it was a part of count as its own.</summary>
    public static FollowedMessage Of(string id, string body, int receiveCount, IReadOnlyDictionary<string, string> attributes) =>
        new(id, body, receiveCount + (attributes.TryGetValue(Receives, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : 0));
}

/// <summary>Handles what a batch says about its streams, each once, and returns the error of each that failed: <see cref="OutOfTimeException"/> if it was not done for want of time. If it throws, it gets smaller parts again.</summary>
public delegate Task<IReadOnlyDictionary<StreamId, Exception>> FollowStreams(IReadOnlyList<StreamBatch> streams, CancellationToken ct);
