using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>Where the part of a message goes for which the time was too short: back to its queue, as a message of its own.</summary>
public interface IRemainders
{
    /// <summary>Returns once it is stored; throws if that is not certain. It may be stored then none the less, and does no harm.</summary>
    /// <param name="receives">How often something in it was received and failed; 0 if nothing failed.</param>
    Task PutAsync(string body, int receives, CancellationToken ct);
}

/// <summary>Remainders in an SQS queue. They are not delayed: the message that they were a part of has waited already.</summary>
public sealed class SqsRemainders(IAmazonSQS sqs, string queueUrl) : IRemainders
{
    public Task PutAsync(string body, int receives, CancellationToken ct) => sqs.SendMessageAsync(
        new SendMessageRequest
        {
            QueueUrl = queueUrl,
            MessageBody = body,
            DelaySeconds = 0,
            MessageAttributes = new() { [FollowedMessage.Receives] = new MessageAttributeValue { DataType = "Number", StringValue = receives.ToString(CultureInfo.InvariantCulture) } },
        },
        ct);
}
