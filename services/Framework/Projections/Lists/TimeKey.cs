using System.Globalization;

namespace ServerlessCqrs.Projections.Lists;

/// <summary>The sort key of lists in the order of time: milliseconds, then the id, so that keys are distinct.</summary>
public static class TimeKey
{
    /// <summary>Enough digits for the year 9999.</summary>
    private const int Digits = 15;

    private const int IdLength = 36;

    public static string Of(DateTimeOffset at, Guid id) => $"{at.ToUnixTimeMilliseconds().ToString($"D{Digits}", CultureInfo.InvariantCulture)}#{id:D}";

    /// <summary>Returns true if the text has the form of such a key.</summary>
    public static bool IsKey(string text) =>
        text.Length == Digits + 1 + IdLength && text[Digits] == '#' && text.AsSpan(0, Digits).IndexOfAnyExceptInRange('0', '9') < 0 && Guid.TryParseExact(text[^IdLength..], "D", out _);

    public static (DateTimeOffset At, Guid Id) Read(string key) =>
        (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(key.AsSpan(0, Digits), CultureInfo.InvariantCulture)), Guid.ParseExact(key[^IdLength..], "D"));
}
