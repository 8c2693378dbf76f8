using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>EventBridge's scheduled event (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html).</summary>
internal static class ScheduledEventJson
{
    private const string Account = "123456789012";

    public static ReadOnlyMemory<byte> Write(string rule, DateTimeOffset time)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, "0"u8);
            json.WriteString("id"u8, Guid.NewGuid());
            json.WriteString("detail-type"u8, "Scheduled Event"u8);
            json.WriteString("source"u8, "aws.events"u8);
            json.WriteString("account"u8, Account);
            json.WriteString("time"u8, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("region"u8, AwsClients.Region);
            json.WriteStartArray("resources"u8);
            json.WriteStringValue($"arn:aws:events:{AwsClients.Region}:{Account}:rule/{rule}");
            json.WriteEndArray();
            json.WriteStartObject("detail"u8);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
