using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.Web.Requests;

/// <summary>
/// The <c>If-Match</c> header: one version of ours (<c>"7"</c>), or <c>*</c>: whatever version there is. What follows a dot (<c>"7.3"</c>, <c>"7.3.v2"</c>) is about what other streams add to the document, which a write cannot contradict, and about the read model
/// that it was read from: it is not looked at. A weak tag (<c>W/"7"</c>) counts as the strong one, since the edge weakens tags where it compresses.
/// </summary>
/// <param name="Version">The version the client saw; null with <c>*</c>.</param>
public sealed partial record IfMatch(long? Version)
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

        if (!long.TryParse(Tag().Match(text).Groups["version"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return false;
        ifMatch = new IfMatch(version);
        return true;
    }

    [GeneratedRegex("""^(W/)?"(?<version>[0-9]+)(\.[0-9]+)?(\.v[0-9]+)?"\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
