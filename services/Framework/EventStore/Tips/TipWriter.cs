using System.Buffers;
using System.Text;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>Writes the parts of a binary tip, which <see cref="TipReader"/> reads.</summary>
internal sealed class TipWriter
{
    // Names of types, actors and roles: a commit has few distinct ones and repeats them.
    internal const int KnownTexts = 16;

    // A writer with a larger buffer is not reused.
    private const int KeptBytes = 256 * 1024;

    [ThreadStatic]
    private static TipWriter? _kept;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly string[] _texts = new string[KnownTexts];
    private int _textCount;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Returns an empty writer, this thread's own if available.</summary>
    public static TipWriter Take()
    {
        var writer = _kept ?? new TipWriter();
        _kept = null;
        writer._bytes.ResetWrittenCount();
        writer._textCount = 0;
        return writer;
    }

    /// <summary>Returns the writer for the next <see cref="Take"/>.</summary>
    public void Keep()
    {
        if (_bytes.Capacity <= KeptBytes) _kept = this;
    }

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>Writes seven bits per byte, the lowest first. Small numbers of either sign take one byte.</summary>
    public void Number(long value)
    {
        var rest = (ulong)(value << 1 ^ value >> 63);
        var to = _bytes.GetSpan(10);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7) to[length++] = (byte)(rest | 0x80);
        to[length++] = (byte)rest;
        _bytes.Advance(length);
    }

    /// <summary>Writes whole milliseconds since 1970.</summary>
    public void Time(DateTimeOffset value) => Number(value.ToUnixTimeMilliseconds());

    /// <summary>Writes the same 16 bytes each time, so that <see cref="TipReader.Names"/> finds them.</summary>
    public void Id(Guid value)
    {
        value.TryWriteBytes(_bytes.GetSpan(16));
        _bytes.Advance(16);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Raw(value);
    }

    /// <summary>Writes bytes without their length.</summary>
    public void Raw(ReadOnlySpan<byte> value) => _bytes.Write(value);

    public void Text(string value)
    {
        Number(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    /// <summary>Writes a text that probably repeats. From the second time on, only its number is written.</summary>
    public void KnownText(string value)
    {
        var known = Array.IndexOf(_texts, value, 0, _textCount);
        Number(known + 1);
        if (known >= 0) return;
        Text(value);
        if (_textCount < KnownTexts) _texts[_textCount++] = value;
    }
}
