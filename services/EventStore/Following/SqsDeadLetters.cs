using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>
/// Dead letters in an SQS queue, with message attributes for the person who reads them: <c>function</c>, <c>failedAt</c> (ISO 8601, UTC), <c>reason</c> (exception type and message, at most 1 KB) and, where it is known,
/// <c>stream</c>. The body can be moved back to the queue as it is.
/// </summary>
public sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl, string function, TimeProvider time) : IDeadLetters
{
    private const int MaxReasonBytes = 1024;

    public async Task PutAsync(DeadLetter letter, CancellationToken ct)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>
        {
            ["function"] = Text(function),
            ["failedAt"] = Text(time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ["reason"] = Text(ReasonOf(letter.Reason)),
        };
        if (letter.Stream is { } stream) attributes["stream"] = Text(stream.ToString());
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = queueUrl, MessageBody = letter.Body, MessageAttributes = attributes }, ct);
    }

    /// <summary>What SQS takes as text: XML characters only (SendMessage, "A message can include only XML, JSON, and unformatted text").</summary>
    internal static string ReasonOf(Exception reason)
    {
        var text = new StringBuilder();
        var bytes = 0;
        foreach (var rune in $"{reason.GetType().FullName}: {reason.Message}".EnumerateRunes())
        {
            var kept = rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF)) ? rune : Rune.ReplacementChar;
            bytes += kept.Utf8SequenceLength;
            if (bytes > MaxReasonBytes) break;
            text.Append(kept);
        }

        return text.ToString();
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
