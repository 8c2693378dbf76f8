using System.Text;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>Reads the parts of a binary tip, as <see cref="TipWriter"/> wrote them. Throws a <see cref="FormatException"/> where they end early.</summary>
internal ref struct TipReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private readonly ReadOnlySpan<byte> _span = bytes.Span;
    private string[]? _texts;
    private int _textCount;
    private int _at;

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => _at == _span.Length;

    /// <summary>How much was read.</summary>
    public readonly int Position => _at;

    /// <summary>Whether the id may stand in these bytes. False says for sure that it does not.</summary>
    public static bool Names(ReadOnlySpan<byte> bytes, Guid id)
    {
        Span<byte> wanted = stackalloc byte[16];
        id.TryWriteBytes(wanted);
        return bytes.IndexOf(wanted) >= 0;
    }

    public byte Byte() => Take(1)[0];

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
            if (shift > 56) throw new FormatException("A number does not end.");
        }
    }

    /// <summary>A number of bytes or entries.</summary>
    public int Count() => Number() is >= 0 and <= int.MaxValue and var count ? (int)count : throw new FormatException("A count is out of range.");

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Number());

    public Guid Id() => new(Take(16));

    /// <summary>A part of the bytes that were given; not a copy.</summary>
    public ReadOnlyMemory<byte> Bytes() => Slice(Count());

    /// <summary>All that was not read yet; not a copy.</summary>
    public ReadOnlyMemory<byte> Rest() => Slice(_span.Length - _at);

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public string KnownText()
    {
        var known = Count();
        if (known > 0) return known <= _textCount ? _texts![known - 1] : throw new FormatException("A text is not known.");
        var text = Text();
        _texts ??= new string[TipWriter.KnownTexts];
        if (_textCount < TipWriter.KnownTexts) _texts[_textCount++] = text;
        return text;
    }

    private ReadOnlyMemory<byte> Slice(int length)
    {
        var from = _at;
        Take(length);
        return _bytes.Slice(from, length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _span.Length - _at) throw new FormatException("It ends early.");
        var taken = _span.Slice(_at, length);
        _at += length;
        return taken;
    }
}
