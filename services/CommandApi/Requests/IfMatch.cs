using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.CommandApi.Requests;

/// <summary>
/// The <c>If-Match</c> header: one version of ours (<c>"7"</c>), or <c>*</c>: whatever version there is. What follows a dot (<c>"7.3"</c>) is about what other streams add to the document, which a write cannot contradict: it is not
/// looked at. A weak tag (<c>W/"7"</c>) counts as the strong one, since the edge weakens tags where it compresses.
/// </summary>
/// <param name="Version">The version the client saw; null with <c>*</c>.</param>
public sealed record IfMatch(long? Version)
{
    /// <summary>False where the header is there and is neither; true with null where it is not there. A list of versions is no thing one can have seen.</summary>
    public static bool TryParse(StringValues header, out IfMatch? ifMatch)
    {
        ifMatch = null;
        if (header.Count == 0) return true;
        if (header.Count > 1 || header[0]?.Trim() is not { } text) return false;
        if (text == "*")
        {
            ifMatch = new IfMatch(Version: null);
            return true;
        }

        var tag = text.StartsWith("W/", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        if (tag.Length < 3 || tag[0] != '"' || tag[^1] != '"') return false;
        var parts = tag[1..^1];
        var dot = parts.IndexOf('.');
        if (dot >= 0 && !IsNumber(parts[(dot + 1)..], out _) || !IsNumber(dot < 0 ? parts : parts[..dot], out var version)) return false;
        ifMatch = new IfMatch(version);
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
