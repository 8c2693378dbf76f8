using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A tip's body, as bytes: one byte that names the format, then JSON, plain or compressed, whichever is smaller. The same tip gives the same bytes. DynamoDB bills a write by the started kilobyte, and the bodies of events repeat themselves.
/// </summary>
public static class TipJson
{
    private const byte Plain = 1;
    private const byte Brotli = 2;

    // The same with parked records. A release that does not know them must not write such a tip: it would lose them.
    private const byte PlainParked = 3;
    private const byte BrotliParked = 4;

    // Below one write unit there is nothing to save.
    private const int WorthCompressing = 1024;

    // Quality 1 packs 100 KB in about a millisecond; higher ones save some more per cent for many times that.
    private const int Quality = 1;
    private const int Window = 18;
    private const int LargestPlain = 64 * 1024 * 1024;

    public static byte[] Write(StreamTip tip)
    {
        using var buffer = new MemoryStream(2048);
        buffer.WriteByte(tip.Parked.Count > 0 ? PlainParked : Plain);
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing)) Write(json, tip);
        if (buffer.Length <= WorthCompressing) return buffer.ToArray();

        var plain = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        var packed = new byte[plain.Length];
        packed[0] = tip.Parked.Count > 0 ? BrotliParked : Brotli;
        return BrotliEncoder.TryCompress(plain[1..], packed.AsSpan(1), out var length, Quality, Window) && length + 1 < plain.Length
            ? packed.AsSpan(0, length + 1).ToArray()
            : plain.ToArray();
    }

    /// <exception cref="FormatException">The bytes are no body of a tip.</exception>
    public static StreamTip Read(StreamId stream, long version, SourcePosition position, ReadOnlyMemory<byte> body)
    {
        byte[]? rented = null;
        try
        {
            using var json = JsonDocument.Parse(Unpack(body, ref rented));
            var root = json.RootElement;
            return new StreamTip(
                stream,
                version,
                root.GetProperty("shape"u8).GetInt32(),
                root.GetProperty("state"u8).GetRawText(),
                position,
                Time(root.GetProperty("lastAt"u8)),
                new Commit(
                    [.. root.GetProperty("events"u8).EnumerateArray().Select(EventJson.Read)],
                    [.. root.GetProperty("outcomes"u8).EnumerateArray().Select(outcome => OutcomeJson.Read(stream, outcome))]),
                new OutcomeRing(
                    [.. root.GetProperty("ring"u8).EnumerateArray().Select(OutcomeJson.ReadEntry)],
                    root.TryGetProperty("evictedThrough"u8, out var evicted) ? Time(evicted) : null))
            {
                Parked = root.TryGetProperty("parked"u8, out var parked) ? [.. parked.EnumerateArray().Select(ReadParked)] : [],
                IsResumed = root.TryGetProperty("resumed"u8, out var resumed) && resumed.GetBoolean(),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or InvalidDataException)
        {
            throw new FormatException($"The tip of {stream} cannot be read: {e.Message}", e);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Write(Utf8JsonWriter json, StreamTip tip)
    {
        json.WriteStartObject();
        json.WriteNumber("shape", tip.StateShape);
        json.WritePropertyName("state");
        json.WriteRawValue(tip.State, skipInputValidation: true);
        json.WriteNumber("lastAt", tip.LastAt.ToUnixTimeMilliseconds());
        json.WriteStartArray("events");
        foreach (var e in tip.Newest.Events) EventJson.Write(json, e);
        json.WriteEndArray();
        json.WriteStartArray("outcomes");
        foreach (var outcome in tip.Newest.Outcomes) OutcomeJson.Write(json, outcome);
        json.WriteEndArray();
        json.WriteStartArray("ring");
        foreach (var entry in tip.Ring.Entries) OutcomeJson.Write(json, entry);
        json.WriteEndArray();
        if (tip.Ring.EvictedThrough is { } evicted) json.WriteNumber("evictedThrough", evicted.ToUnixTimeMilliseconds());
        if (tip.IsResumed) json.WriteBoolean("resumed", true);
        if (tip.Parked.Count > 0)
        {
            json.WriteStartArray("parked");
            foreach (var record in tip.Parked) Write(json, record);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ParkedRecord record)
    {
        json.WriteStartObject();
        json.WriteString("id", record.CommandId);
        json.WriteString("sequence", record.SequenceNumber);
        json.WriteNumber("arrived", record.ArrivedAt.ToUnixTimeMilliseconds());
        // As text it packs well; bytes that are no text must stay as they are.
        if (Utf8.IsValid(record.Data.Span)) json.WriteString("data", record.Data.Span);
        else json.WriteBase64String("bytes", record.Data.Span);
        if (record.Refusal is { } refusal) json.WriteString("refusal", refusal);
        json.WriteEndObject();
    }

    private static ParkedRecord ReadParked(JsonElement json) => new(
        json.GetProperty("id"u8).GetGuid(),
        EventJson.Text(json, "sequence"u8),
        Time(json.GetProperty("arrived"u8)),
        json.TryGetProperty("data"u8, out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : json.GetProperty("bytes"u8).GetBytesFromBase64(),
        json.TryGetProperty("refusal"u8, out var refusal) ? refusal.GetString() : null);

    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> body, ref byte[]? rented)
    {
        if (body.IsEmpty) throw new FormatException("it is empty.");
        switch (body.Span[0])
        {
            case Plain or PlainParked:
                return body[1..];
            case Brotli or BrotliParked:
                return Decompress(body.Span[1..], ref rented);
            case var format:
                throw new FormatException($"its format {format} is unknown here.");
        }
    }

    // In one call, without a stream's buffers: this runs for every stream of every batch. A tip packs to a fifth at most times, and an item holds 400 KB.
    private static ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> packed, ref byte[]? rented)
    {
        for (var size = Math.Max(WorthCompressing * 4, packed.Length * 8); size <= LargestPlain; size *= 2)
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
            rented = ArrayPool<byte>.Shared.Rent(size);
            if (BrotliDecoder.TryDecompress(packed, rented, out var length)) return rented.AsMemory(0, length);
        }

        throw new FormatException("it is not what Brotli packs.");
    }

    private static DateTimeOffset Time(JsonElement json) => DateTimeOffset.FromUnixTimeMilliseconds(json.GetInt64());
}
