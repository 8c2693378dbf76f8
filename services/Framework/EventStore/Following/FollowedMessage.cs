using System.Globalization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>A message as the queue delivered it.</summary>
/// <param name="Id">Identifies the message in the report of failures.</param>
/// <param name="ReceiveCount">1 for the first delivery.</param>
public sealed record FollowedMessage(
    string Id,
    string Body,
    int ReceiveCount)
{
    /// <summary>The message attribute of a remainder with the receive count of its original message.</summary>
    public const string Receives = "receives";

    /// <summary>
    /// Creates a message from its attributes. The receives of the original message are added to its own.
    /// </summary>
    public static FollowedMessage Of(string id, string body, int receiveCount, IReadOnlyDictionary<string, string> attributes) =>
        new(id, body, receiveCount + (attributes.TryGetValue(Receives, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : 0));
}

/// <summary>
/// Handles the content of a batch, one entry per stream, and returns the error of each stream that failed. <see
/// cref="OutOfTimeException"/> means that the time ran out. If it throws, it is called again with smaller parts.
/// </summary>
public delegate Task<IReadOnlyDictionary<StreamId, Exception>> FollowStreams(IReadOnlyList<StreamBatch> streams, CancellationToken ct);
