using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.CommandApi.Requests;

/// <summary>
/// The <c>If-Match</c> header: one version of ours (<c>"7"</c>), or <c>*</c>: whatever version there is. A weak tag (<c>W/"7"</c>) counts as the strong one, since the edge weakens tags where it compresses.
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
        if (!long.TryParse(tag[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return false;
        ifMatch = new IfMatch(version);
        return true;
    }
}
