using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ServerlessCqrs.Streams;

/// <summary>
/// The name of a person, as the token has it in <c>sub</c>: whatever text the identity provider chose. In stream ids it stands as its key: letters, digits and <c>-_.@|:</c> as they are, every other character as <c>~</c> and two hexadecimal
/// digits for each byte of its UTF-8. So <c>samlp|shop|ann+1</c> becomes <c>samlp|shop|ann~2B1</c>, two subjects never have the same key, and a key needs no more than percent-encoding in a URL.
/// </summary>
public static class Subject
{
    /// <summary>Of the key: with the id of a product it must fit into a stream id.</summary>
    public const int MaxLength = 128;

    internal const char Escape = '~';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(IsPlain)]);

    /// <summary>The rule of <see cref="IsValid"/>, for people.</summary>
    public static readonly string Rule = $"1 to {MaxLength} characters, none of them a control character, and all but letters, digits and -_.@|: counted as three for each byte";

    public static bool IsValid(string subject) =>
        subject.Length is > 0 and <= MaxLength
        && (IsPlain(subject) || !subject.Any(char.IsControl) && IsWhole(subject) && KeyOf(subject).Length <= MaxLength);

    /// <summary>The subject as it stands in stream ids.</summary>
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

    /// <summary>Whether this is the key of a subject, and of which.</summary>
    public static bool TryOfKey(string key, [NotNullWhen(true)] out string? subject)
    {
        subject = key.Contains(Escape, StringComparison.Ordinal) ? Unescape(key) : key;
        // One subject has one key: an escape that is not needed, or in lower case, is none of ours.
        if (subject is not null && IsValid(subject) && KeyOf(subject) == key) return true;
        subject = null;
        return false;
    }

    /// <summary>Whether the character needs no escape.</summary>
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
