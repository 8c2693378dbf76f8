using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ServerlessCqrs.Streams;

/// <summary>
/// The name of a person, as in the token's claim <c>sub</c>. The identity provider may choose any text. Stream ids
/// contain its key: letters, digits and <c>-_.@|:</c> stay, and any other character becomes <c>~</c> and two
/// hexadecimal digits per byte of its UTF-8. So <c>samlp|shop|ann+1</c> becomes <c>samlp|shop|ann~2B1</c>. Two subjects
/// never have the same key, and a URL only needs to percent-encode it.
/// </summary>
public static class Subject
{
    /// <summary>The maximum length of the key, which must fit into a stream id together with a product's id.</summary>
    public const int MaxLength = 128;

    internal const char Escape = '~';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(IsPlain)]);

    /// <summary>The rule of <see cref="IsValid"/>, for people.</summary>
    public static readonly string Rule = $"1 to {MaxLength} characters, none of them a control character, and all but letters, digits and -_.@|: counted as three for each byte";

    public static bool IsValid(string subject) =>
        subject.Length is > 0 and <= MaxLength
        && (IsPlain(subject) || !subject.Any(char.IsControl) && IsWhole(subject) && KeyOf(subject).Length <= MaxLength);

    /// <summary>Returns the subject's key in stream ids.</summary>
    public static string KeyOf(string subject)
    {
        if (IsPlain(subject)) return subject;
        var key = new StringBuilder(subject.Length * 3);
        foreach (var rune in subject.EnumerateRunes())
        {
            if (rune.IsAscii && IsPlain((char)rune.Value)) key.Append((char)rune.Value);
            else AppendEscaped(key, rune);
        }

        return key.ToString();
    }

    /// <summary>Finds the subject of a key, and returns false if the text is not a key.</summary>
    public static bool TryOfKey(string key, [NotNullWhen(true)] out string? subject)
    {
        subject = key.Contains(Escape, StringComparison.Ordinal) ? Unescape(key) : key;
        // Each subject has exactly one key, so an unnecessary or lower-case escape is invalid.
        if (subject is not null && IsValid(subject) && KeyOf(subject) == key) return true;
        subject = null;
        return false;
    }

    /// <summary>Returns true if the character needs no escape.</summary>
    internal static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or '|' or ':';

    private static bool IsPlain(string subject) => !subject.AsSpan().ContainsAnyExcept(Plain);

    private static bool IsWhole(string subject) => !subject.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    private static void AppendEscaped(StringBuilder key, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) key.Append(Escape).Append($"{b:X2}");
    }

    private static string? Unescape(string key)
    {
        var bytes = new List<byte>(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] != Escape)
            {
                if (!IsPlain(key[i])) return null;
                bytes.Add((byte)key[i]);
                continue;
            }

            if (i + 2 >= key.Length || !byte.TryParse(key.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped)) return null;
            bytes.Add(escaped);
            i += 2;
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
