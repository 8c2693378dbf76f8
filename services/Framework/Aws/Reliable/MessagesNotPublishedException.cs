using Amazon.SimpleNotificationService.Model;

namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// SNS did not accept some messages. It delivers those that it accepted. An unacknowledged message may be delivered
/// too, if the response was lost.
/// </summary>
public sealed class MessagesNotPublishedException : Exception
{
    internal MessagesNotPublishedException(
        string topicArn,
        IReadOnlyList<PublishBatchRequestEntry> entries,
        IReadOnlyDictionary<string, PublishBatchResultEntry> published,
        string cause,
        Exception? innerException = null)
        : base($"Topic {topicArn} did not take {entries.Count - published.Count} of {entries.Count} messages ({cause})", innerException) =>
        Unpublished = [.. entries.Select(entry => entry.Id!).Where(id => !published.ContainsKey(id))];

    /// <summary>The ids of the unacknowledged entries, in order.</summary>
    public IReadOnlyList<string> Unpublished { get; }
}
