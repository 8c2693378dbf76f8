using System.Text;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// Reads the parts of a binary tip, as written by <see cref="TipWriter"/>. Throws a <see cref="FormatException"/> if
/// the bytes end early.
/// </summary>
internal ref struct TipReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private readonly ReadOnlySpan<byte> _span = bytes.Span;
    private string[]? _texts;
    private int _textCount;
    private int _at;

    public readonly bool IsAtEnd => _at == _span.Length;

    /// <summary>The number of bytes read.</summary>
    public readonly int Position => _at;

    /// <summary>Returns false only if the bytes do not contain the id. True may be wrong.</summary>
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

    /// <summary>Reads a number of bytes or entries.</summary>
    public int Count() => Number() is >= 0 and <= int.MaxValue and var count ? (int)count : throw new FormatException("A count is out of range.");

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Number());

    public Guid Id() => new(Take(16));

    /// <summary>Returns a part of the given bytes, without copying.</summary>
    public ReadOnlyMemory<byte> Bytes() => Slice(Count());

    /// <summary>Returns all unread bytes, without copying.</summary>
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
