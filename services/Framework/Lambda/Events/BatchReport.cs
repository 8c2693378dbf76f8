using System.Buffers;
using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// The response of a batch function whose mapping has <c>ReportBatchItemFailures</c>:
/// <c>{"batchItemFailures":[{"itemIdentifier":"…"}]}</c>. An empty list means that everything was handled.
/// </summary>
internal static class BatchReport
{
    public static ReadOnlyMemory<byte> Of(IReadOnlyCollection<string> failed)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * (failed.Count + 1));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batchItemFailures"u8);
            foreach (var id in failed)
            {
                json.WriteStartObject();
                json.WriteString("itemIdentifier"u8, id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
