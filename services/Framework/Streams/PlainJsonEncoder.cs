using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Escapes only what JSON requires (quotes, backslashes and control characters: RFC 8259, section 7), plus U+FFFE and
/// U+FFFF, which SQS does not allow (SQS, "Amazon SQS message quotas", Message content:
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html). .NET's default
/// encoder writes six bytes for <c>&lt;</c> and twelve for an emoji, to protect pages that embed JSON. Our JSON is
/// never embedded. A surrogate without its partner is not a character, and becomes U+FFFD.
/// </summary>
internal sealed class PlainJsonEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\', '\uFFFE', '\uFFFF']);
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), (byte)'"', (byte)'\\', FirstOfLast]);

    // The first byte of U+FFFE and U+FFFF, and of other characters that are not escaped.
    private const byte FirstOfLast = 0xEF;

    public override int MaxOutputCharactersPerInputCharacter => "\\u0000".Length;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\' or '\uFFFE' or '\uFFFF';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        var escaped = all.IndexOfAny(Escaped);
        var lone = FindLoneSurrogate(escaped < 0 ? all : all[..escaped]);
        return lone >= 0 ? lone : escaped;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var escaped = utf8Text.IndexOfAny(EscapedBytes);
        var isPlain = (escaped < 0 || utf8Text[escaped] != FirstOfLast) && Utf8.IsValid(escaped < 0 ? utf8Text : utf8Text[..escaped]);
        return isPlain ? escaped : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var to = new Span<char>(buffer, bufferLength);
        return unicodeScalar switch
        {
            '"' or '\\' => to.TryWrite($"\\{(char)unicodeScalar}", out numberOfCharactersWritten),
            '\n' => to.TryWrite($"\\n", out numberOfCharactersWritten),
            '\r' => to.TryWrite($"\\r", out numberOfCharactersWritten),
            '\t' => to.TryWrite($"\\t", out numberOfCharactersWritten),
            < ' ' or '\uFFFE' or '\uFFFF' => to.TryWrite($"\\u{unicodeScalar:x4}", out numberOfCharactersWritten),
            _ => new System.Text.Rune(unicodeScalar).TryEncodeToUtf16(to, out numberOfCharactersWritten),
        };
    }

    private static int FindLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var from = 0; ; from += 2)
        {
            var found = text[from..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0) return -1;
            from += found;
            if (from + 1 == text.Length || !char.IsSurrogatePair(text[from], text[from + 1])) return from;
        }
    }
}
