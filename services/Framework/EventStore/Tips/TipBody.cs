using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>In which form a tip is written. Each form is read, whatever this says.</summary>
public enum TipFormat
{
    /// <summary><see cref="TipBinary"/>.</summary>
    Binary,

    /// <summary><see cref="TipJson"/>, which releases before the binary form read as well.</summary>
    Json,

    /// <summary>The form of the tip that it replaces; JSON where there is none. Operators introduce no form.</summary>
    Kept,
}

/// <summary>
/// A tip's body, as bytes: one byte that names the format, then the content, plain or compressed. The same tip gives the
/// same bytes.
/// <para>
/// A release that does not know a format fails at the first tip written in it, and decides nothing: its shard waits, and
/// its reads answer an error. So a rolling release introduces a format in two steps. First every program reads it and
/// still writes the former one (<c>TIP_FORMAT=json</c>): this can be rolled back at any time. Then the setting is removed.
/// From there on, a roll-back goes to the first step, not beyond it.
/// </para>
/// </summary>
public static class TipBody
{
    private const byte JsonPlain = 1;
    private const byte JsonBrotli = 2;

    // The same with parked records. A release that does not know them must not write such a tip: it would lose them.
    private const byte JsonPlainParked = 3;
    private const byte JsonBrotliParked = 4;

    // All who know these know parked records.
    private const byte BinaryPlain = 5;
    private const byte BinaryBrotli = 6;

    // DynamoDB bills a write by the started kilobyte of the item.
    private const int WriteUnit = 1024;

    // "stream", "version", "source", "sequence" and "body"; and a number of up to 38 digits:
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
    private const int NamesAndVersion = 31 + 21;

    // Quality 1 packs 100 KB in about a millisecond; higher ones save some more per cent for many times that.
    private const int Quality = 1;
    private const int Window = 18;
    private const int LargestPlain = 64 * 1024 * 1024;

    /// <param name="replaced">What <see cref="TipFormat.Kept"/> keeps the form of.</param>
    public static byte[] Write(StreamTip tip, TipFormat format = TipFormat.Binary, StreamTip? replaced = null) =>
        format == TipFormat.Binary || format == TipFormat.Kept && replaced is { IsJson: false } ? WriteBinary(tip) : WriteJson(tip);

    /// <summary>What the tip's item takes beside its body, as DynamoDB counts.</summary>
    public static int BytesBeside(StreamTip tip) =>
        NamesAndVersion + tip.Stream.ToString().Length + tip.Position.Source.Length + tip.Position.SequenceNumber.Length;

    /// <exception cref="FormatException">The bytes are no body of a tip. The newest commit and the ring may say so
    /// later, when somebody looks into them.</exception>
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
                // The tip goes on to use these bytes.
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
        // To compress costs more time than all the rest; below one write unit it saves no money.
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

    /// <summary>The body compressed, under another format; null where that makes it no smaller.</summary>
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

    // In one call, without a stream's buffers: this runs for every stream of every batch. A tip packs to a fifth at most times, and an item holds 400 KB.
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
