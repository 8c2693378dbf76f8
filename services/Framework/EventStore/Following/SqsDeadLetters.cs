using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>
/// Dead letters in an SQS queue, with message attributes for the person who reads them: <c>function</c>, <c>failedAt</c> (ISO 8601, UTC), <c>reason</c> (exception type and message, at most 1 KB), <c>stack</c>
/// (where it and what caused it were thrown, at most 4 KB) and, where it is known, <c>stream</c>. The body can be moved back to the queue as it is.
/// </summary>
public sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl, string function, TimeProvider time) : IDeadLetters
{
    private const int MaxReasonBytes = 1024;

    // A message and its attributes are 256 KB at most (SQS's quotas), and a body of ours is 64 KB.
    private const int MaxStackBytes = 4096;

    public async Task PutAsync(DeadLetter letter, CancellationToken ct)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>
        {
            ["function"] = Text(function),
            ["failedAt"] = Text(time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ["reason"] = Text(ReasonOf(letter.Reason)),
            ["stack"] = Text(StackOf(letter.Reason)),
        };
        if (letter.Stream is { } stream) attributes["stream"] = Text(stream.ToString());
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = queueUrl, MessageBody = letter.Body, MessageAttributes = attributes }, ct);
    }

    internal static string ReasonOf(Exception reason) => Readable($"{reason.GetType().FullName}: {reason.Message}", MaxReasonBytes);

    /// <summary>The innermost first. Only the outermost says its message, as the reason: the others' might tell what nobody has looked at.</summary>
    internal static string StackOf(Exception reason)
    {
        List<string> parts = [];
        for (var one = reason; one is not null; one = one.InnerException) parts.Insert(0, $"{one.GetType().FullName}{Environment.NewLine}{one.StackTrace}".TrimEnd());
        return Readable(string.Join(Environment.NewLine, parts), MaxStackBytes);
    }

    /// <summary>What SQS takes as text: XML characters only (SendMessage, "A message can include only XML, JSON, and unformatted text").</summary>
    private static string Readable(string all, int maxBytes)
    {
        var text = new StringBuilder();
        var bytes = 0;
        foreach (var rune in all.EnumerateRunes())
        {
            var kept = rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF)) ? rune : Rune.ReplacementChar;
            bytes += kept.Utf8SequenceLength;
            if (bytes > maxBytes) break;
            text.Append(kept);
        }

        return text.ToString();
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
