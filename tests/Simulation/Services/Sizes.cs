using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.SimpleNotificationService.Model;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>Sizes as AWS counts them.</summary>
internal static class Sizes
{
    /// <summary>
    /// Counts names and values:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
    /// </summary>
    public static long OfItem(Dictionary<string, AttributeValue> item) => item.Sum(attribute => Utf8(attribute.Key) + OfValue(attribute.Value));

    /// <summary>Counts body and attributes: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html.</summary>
    public static long OfMessage(PublishBatchRequestEntry entry) =>
        Utf8(entry.Message!) + (entry.MessageAttributes?.Sum(attribute => Utf8(attribute.Key) + Utf8(attribute.Value.DataType!) + Utf8(attribute.Value.StringValue ?? "")) ?? 0);

    public static long Utf8(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>
    /// Returns true if a message may contain the text:
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html, Message
    /// content.
    /// </summary>
    public static bool IsMessageText(string text)
    {
        foreach (var c in text)
            if (c is < ' ' and not ('\t' or '\n' or '\r') or '\uFFFE' or '\uFFFF') return false;
        return true;
    }

    private static long OfValue(AttributeValue value) => value switch
    {
        { S: { } text } => Utf8(text),
        // One byte per two digits, plus one.
        { N: { } number } => (number.Length + 1) / 2 + 1,
        { B: { } bytes } => bytes.Length,
        { M: { Count: > 0 } map } => 3 + map.Sum(entry => 1 + Utf8(entry.Key) + OfValue(entry.Value)),
        { L: { Count: > 0 } list } => 3 + list.Sum(entry => 1 + OfValue(entry)),
        { SS: { Count: > 0 } texts } => texts.Sum(Utf8),
        _ => 1,
    };
}
