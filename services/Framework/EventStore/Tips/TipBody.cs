using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>The format in which a tip is written. Every format can be read, whatever this says.</summary>
public enum TipFormat
{
    /// <summary><see cref="TipBinary"/>.</summary>
    Binary,

    /// <summary><see cref="TipJson"/>, which releases before the binary format can read too.</summary>
    Json,

    /// <summary>
    /// The format of the tip that it replaces, or JSON if there is none. Operators use it, so that they never introduce
    /// a format.
    /// </summary>
    Kept,
}

/// <summary>
/// A tip's body: one byte for the format, then the content, plain or compressed. The same tip gives the same bytes.
/// <para>
/// A release that does not know a format fails at the first tip in that format, and decides nothing. Its shard waits,
/// and its reads return an error. So a rolling release introduces a format in two steps. In the first step, every
/// program can read it and still writes the old one (<c>TIP_FORMAT=json</c>). This step can be rolled back at any time.
/// The second step removes the setting. From then on, you can roll back only to the first step.
/// </para>
/// </summary>
public static class TipBody
{
    private const byte JsonPlain = 1;
    private const byte JsonBrotli = 2;

    // The same formats with parked records. A release that does not know them must not write such a tip, because it
    // would lose the records.
    private const byte JsonPlainParked = 3;
    private const byte JsonBrotliParked = 4;

    // Every release that knows these formats knows parked records.
    private const byte BinaryPlain = 5;
    private const byte BinaryBrotli = 6;

    // DynamoDB bills a write per started kilobyte of the item.
    private const int WriteUnit = 1024;

    // "stream", "version", "source", "sequence" and "body", and a number of up to 38 digits:
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
    private const int NamesAndVersion = 31 + 21;

    // Quality 1 packs 100 KB in about a millisecond. Higher levels save a few more percent for many times that.
    private const int Quality = 1;
    private const int Window = 18;
    private const int LargestPlain = 64 * 1024 * 1024;

    /// <param name="replaced">The tip whose format <see cref="TipFormat.Kept"/> keeps.</param>
    public static byte[] Write(StreamTip tip, TipFormat format = TipFormat.Binary, StreamTip? replaced = null) =>
        format == TipFormat.Binary || format == TipFormat.Kept && replaced is { IsJson: false } ? WriteBinary(tip) : WriteJson(tip);

    /// <summary>Returns the bytes of the tip's item without its body, as DynamoDB counts them.</summary>
    public static int BytesBeside(StreamTip tip) =>
        NamesAndVersion + tip.Stream.ToString().Length + tip.Position.Source.Length + tip.Position.SequenceNumber.Length;

    /// <exception cref="FormatException">The bytes are not the body of a tip. The latest commit and the ring are
    /// decoded later, and may throw then.</exception>
    public static StreamTip Read(WireContracts contracts, StreamId stream, long version, SourcePosition position, ReadOnlyMemory<byte> body)
    {
        byte[]? rented = null;
        try
        {
            if (body.IsEmpty) throw new FormatException("it is empty.");
            var content = body[1..];
            return body.Span[0] switch
            {
                BinaryPlain => TipBinary.Read(contracts, stream, version, position, content),
                // The tip keeps using these bytes.
                BinaryBrotli => TipBinary.Read(contracts, stream, version, position, Decompress(content.Span, ref rented).ToArray()),
                JsonPlain or JsonPlainParked => TipJson.Read(contracts, stream, version, position, content),
                JsonBrotli or JsonBrotliParked => TipJson.Read(contracts, stream, version, position, Decompress(content.Span, ref rented)),
                var format => throw new FormatException($"its format {format} is unknown here."),
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

    private static byte[] WriteBinary(StreamTip tip)
    {
        var to = TipWriter.Take();
        to.Byte(BinaryPlain);
        TipBinary.Write(to, tip);
        var beside = BytesBeside(tip);
        // Compressing costs more time than everything else. Below one write unit it saves no money.
        var body = beside + to.Written.Length > WriteUnit
            && Compress(to.Written, BinaryBrotli) is { } packed
            && UnitsOf(beside + packed.Length) < UnitsOf(beside + to.Written.Length)
            ? packed
            : to.Written.ToArray();
        to.Keep();
        return body;
    }

    private static byte[] WriteJson(StreamTip tip)
    {
        using var buffer = new MemoryStream(2048);
        buffer.WriteByte(tip.Parked.Count > 0 ? JsonPlainParked : JsonPlain);
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing)) TipJson.Write(json, tip);
        var plain = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        return plain.Length <= WriteUnit ? plain.ToArray() : Compress(plain, tip.Parked.Count > 0 ? JsonBrotliParked : JsonBrotli) ?? plain.ToArray();
    }

    private static int UnitsOf(int bytes) => (bytes + WriteUnit - 1) / WriteUnit;

    /// <summary>Returns the body compressed in the given format, or null if that makes it no smaller.</summary>
    private static byte[]? Compress(ReadOnlySpan<byte> plain, byte format)
    {
        var packed = ArrayPool<byte>.Shared.Rent(plain.Length);
        try
        {
            packed[0] = format;
            return BrotliEncoder.TryCompress(plain[1..], packed.AsSpan(1, plain.Length - 1), out var length, Quality, Window) && length + 1 < plain.Length
                ? packed.AsSpan(0, length + 1).ToArray()
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    // Decompresses in one call, without a stream's buffers, because this runs for every stream of every batch. A tip
    // usually packs to a fifth, and an item holds 400 KB.
    private static ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> packed, ref byte[]? rented)
    {
        for (var size = Math.Max(WriteUnit * 4, packed.Length * 8); size <= LargestPlain; size *= 2)
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
            rented = ArrayPool<byte>.Shared.Rent(size);
            if (BrotliDecoder.TryDecompress(packed, rented, out var length)) return rented.AsMemory(0, length);
        }

        throw new FormatException("it is not what Brotli packs.");
    }
}
