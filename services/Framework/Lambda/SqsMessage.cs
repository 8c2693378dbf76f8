namespace ServerlessCqrs.Lambda;

/// <summary>One message of an SQS queue, as Lambda delivers it.</summary>
/// <param name="MessageId">Identifies the message in the report of failures.</param>
/// <param name="Body">The sender's text.</param>
/// <param name="ReceiveCount">1 for the first delivery. The queue's redrive policy counts it too.</param>
/// <param name="SentAt">The time at which the queue accepted it.</param>
/// <param name="Attributes">The sender's message attributes of type string or number. Binary ones are omitted.</param>
/// <param name="QueueArn">The message's queue.</param>
/// <param name="MessageGroupId">The group on FIFO and fair queues.</param>
public sealed record SqsMessage(
    string MessageId,
    string Body,
    int ReceiveCount,
    DateTimeOffset SentAt,
    IReadOnlyDictionary<string, string> Attributes,
    string QueueArn,
    string? MessageGroupId);
