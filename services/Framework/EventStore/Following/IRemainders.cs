using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>Sends the unfinished part of a message back to its queue as a new message.</summary>
public interface IRemainders
{
    /// <summary>
    /// Returns after the message is stored. After an exception it may be stored too, which does no harm.
    /// </summary>
    /// <param name="receives">The receive count so far if something in the message failed, otherwise 0.</param>
    Task PutAsync(string body, int receives, CancellationToken ct);
}

/// <summary>Sends remainders to an SQS queue without delay, because the original message was already delayed.</summary>
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
