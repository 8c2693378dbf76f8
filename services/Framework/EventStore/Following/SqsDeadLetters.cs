using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>
/// Stores dead letters in an SQS queue, with message attributes for people: <c>function</c>, <c>failedAt</c> (ISO 8601,
/// UTC), <c>reason</c> (exception type and message, at most 1 KB), <c>stack</c> (stack traces of the exception and its
/// causes, at most 4 KB) and, if known, <c>stream</c>. The body can be moved back to the queue unchanged.
/// </summary>
public sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl, string function, TimeProvider time) : IDeadLetters
{
    private const int MaxReasonBytes = 1024;

    // SQS allows 256 KB for a message with its attributes (SQS quotas), and our bodies take up to 64 KB.
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

    /// <summary>
    /// Returns the stack traces, the innermost first, without messages. Only the outermost message is stored, as the
    /// reason. The other messages may contain data that nobody has checked.
    /// </summary>
    internal static string StackOf(Exception reason)
    {
        List<string> parts = [];
        for (var one = reason; one is not null; one = one.InnerException) parts.Insert(0, $"{one.GetType().FullName}{Environment.NewLine}{one.StackTrace}".TrimEnd());
        return Readable(string.Join(Environment.NewLine, parts), MaxStackBytes);
    }

    /// <summary>
    /// Replaces what SQS does not accept as text: it takes only XML characters (SendMessage, "A message can include
    /// only XML, JSON, and unformatted text").
    /// </summary>
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
