using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.Web.Requests;

/// <summary>
/// Reads the <c>If-Match</c> header: one version (<c>"7"</c>), or <c>*</c> for any version. The part after a dot
/// (<c>"7.3"</c>, <c>"7.3.v2"</c>) is ignored. It concerns what other streams add to the document, which a write cannot
/// contradict, and the read model. A weak tag (<c>W/"7"</c>) counts as the strong one, because the edge weakens tags of
/// compressed answers.
/// </summary>
/// <param name="Version">The version that the client saw, or null for <c>*</c>.</param>
public sealed partial record IfMatch(long? Version)
{
    public static Problem Invalid { get; } = new(
        StatusCodes.Status400BadRequest,
        "if_match_invalid",
        "If-Match must be one version in quotes, as in the ETag, or *.");

    /// <summary>
    /// Returns false if the header is invalid. Returns true and null if it is missing. A list of versions is invalid,
    /// because a client can only have seen one.
    /// </summary>
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
