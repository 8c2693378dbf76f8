using System.Globalization;

namespace ServerlessCqrs.Web;

/// <summary>Times in URLs: ISO 8601, for example as <see cref="AnswerTime"/> writes them.</summary>
public static class IsoTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd",
    ];

    public static Problem Invalid { get; } = new(StatusCodes.Status400BadRequest, "time_invalid", "A time is given in ISO 8601, as in 2026-01-31T12:00:00Z.");

    public static bool TryRead(string text, out DateTimeOffset? time)
    {
        // The + of an offset arrives as a space if the client did not escape it.
        var isTime = DateTimeOffset.TryParseExact(text.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        time = isTime ? read.ToUniversalTime() : null;
        return isTime;
    }
}
