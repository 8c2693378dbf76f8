using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Web.Requests;

/// <summary>The <c>wait</c> preference of the <c>Prefer</c> header (RFC 7240, section 4.3). Other preferences, and a wait that is no number, are ignored, as the RFC asks.</summary>
public static class Prefer
{
    /// <summary>API Gateway ends a request after 30 s; a client may wait for 20 of them.</summary>
    public const int MaxWaitSeconds = 20;

    /// <summary>How many seconds to wait, 0 to 20, or null where the client says nothing of it.</summary>
    public static int? WaitSeconds(StringValues header)
    {
        // Preferences are "name=value; parameters", as name-value pairs with parameters; the first of a name counts.
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
