using Amazon.SimpleNotificationService.Model;

namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// SNS did not take some messages. Those that it took are on their way; one that it did not acknowledge may be too, when
/// its answer was lost.
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

    /// <summary>The ids of the entries that were not acknowledged, in their order.</summary>
    public IReadOnlyList<string> Unpublished { get; }
}
