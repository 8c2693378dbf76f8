using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Web.Requests;

/// <summary>
/// Reads the <c>wait</c> preference of the <c>Prefer</c> header (RFC 7240, section 4.3). It ignores other preferences
/// and invalid waits, as the RFC requires.
/// </summary>
public static class Prefer
{
    /// <summary>API Gateway ends a request after 30 s, and a client may wait for 20 of them.</summary>
    public const int MaxWaitSeconds = 20;

    /// <summary>Returns the number of seconds to wait, 0 to 20, or null without a preference.</summary>
    public static int? WaitSeconds(StringValues header)
    {
        // Preferences have the form "name=value; parameters". The first of a name counts.
        foreach (var preference in header.SelectMany(line => SplitUnquoted(line ?? "", ',')))
        {
            var words = SplitUnquoted(preference, ';').First().Split('=', 2, StringSplitOptions.TrimEntries);
            if (!words[0].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)) continue;
            var value = words.Length == 2 ? HeaderUtilities.RemoveQuotes(words[1]).Value : null;
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? (int)Math.Min(seconds, MaxWaitSeconds) : null;
        }

        return null;
    }

    private static IEnumerable<string> SplitUnquoted(string text, char separator)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
            if (text[i] != separator || quoted) continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }
}
