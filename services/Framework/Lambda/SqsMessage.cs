namespace ServerlessCqrs.Lambda;

/// <summary>One message of an SQS queue, as Lambda delivers it.</summary>
/// <param name="MessageId">Names the message in the report of failures.</param>
/// <param name="Body">The sender's text.</param>
/// <param name="ReceiveCount">1 the first time; the queue's redrive policy counts it too.</param>
/// <param name="SentAt">When the queue took it.</param>
/// <param name="Attributes">The sender's message attributes that are strings or numbers; binary ones are left out.</param>
/// <param name="QueueArn">The queue it came from.</param>
/// <param name="MessageGroupId">The group, on FIFO and fair queues.</param>
public sealed record SqsMessage(
    string MessageId,
    string Body,
    int ReceiveCount,
    DateTimeOffset SentAt,
    IReadOnlyDictionary<string, string> Attributes,
    string QueueArn,
    string? MessageGroupId);
