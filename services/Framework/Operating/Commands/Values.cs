using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating.Commands;

/// <summary>The kinds of values that commands of any system accept.</summary>
public static partial class Values
{
    private const string TimeRule = "an ISO 8601 time like 2026-01-31 or 2026-01-31T12:00:00Z (UTC if it has no offset)";

    // The log keeps times from 1900 to 2299 (ClickHouse, DateTime64). No record is older than the Unix epoch.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Value<string> Sub { get; } = Text("SUB", $"a subject, {Subject.Rule}", Subject.IsValid);

    public static Value<string> Segment { get; } = Text("S", $"1 to {Segments.LongestSegment} visible characters of ASCII or spaces", text => Segments.BucketOf(text) is not null);

    /// <summary>The value of <c>-c environment=</c>; part of a stack's name in CloudFormation.</summary>
    public static Value<string> Environment { get; } = Text("NAME", "1 to 100 letters, digits and dashes", text => EnvironmentName().IsMatch(text));

    /// <summary>A JWT in its compact form (RFC 7519).</summary>
    public static Value<string> Token { get; } = Text("TOKEN", "an access token: three parts with dots between", text => Jwt().IsMatch(text));

    public static Value<string> HostAndPort { get; } = Text("HOST:PORT", "a host and a port like 127.0.0.1:8123", text => text.Split(':') is [{ Length: > 0 } host, var port] && !host.Any(char.IsWhiteSpace) && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0);

    public static Value<Guid?> Id { get; } = new(
        "ID",
        "a UUID like 0192f3c1-5d3e-7c3a-9c1f-0a4b5c6d7e8f",
        (string text, out Guid? value) => (value = Guid.TryParseExact(text, "D", out var id) ? id : null) is not null);

    public static Value<DateTimeOffset?> Time { get; } = new("TIME", TimeRule, (string text, out DateTimeOffset? value) => (value = ReadTime(text)) is not null);

    public static Value<HistoryBounds> Point { get; } = new(
        "VERSION|TIME",
        $"a version like 7, or {TimeRule}",
        (string text, out HistoryBounds? value) =>
        {
            value = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? new HistoryBounds(ToVersion: version)
                : ReadTime(text) is { } time ? new HistoryBounds(AsOf: time)
                : null;
            return value is not null;
        });

    /// <summary>A rate per second. A lower one would never finish, and a higher one limits nothing.</summary>
    public static Value<double?> Rate { get; } = new(
        "N",
        "a number from 0.01 to 100000",
        (string text, out double? value) => (value = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.01 and <= 100_000 ? rate : null) is not null);

    public static Value<Uri> HttpsUrl { get; } = new(
        "URL",
        "an absolute https URL without a query",
        (string text, out Uri? value) => Uri.TryCreate(text, UriKind.Absolute, out value) && value is { Scheme: "https", UserInfo: "", Query: "", Fragment: "" } && Uri.IsWellFormedUriString(text, UriKind.Absolute));

    /// <summary>Any text that is not blank.</summary>
    public static Value<string> TextOf(string helpName) => Text(helpName, "a text that is not blank and has no control characters", _ => true);

    public static Value<int> Whole(string helpName, int least, int most) => new(
        helpName,
        $"a whole number from {least} to {most}",
        (string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    /// <summary>An enumeration's values, by the names that the help shows.</summary>
    public static Value<T> OneOf<T>()
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray();
        return new Value<T>(
            string.Join('|', names),
            $"one of {string.Join(", ", names)}",
            (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && names.Contains(text.ToLowerInvariant()));
    }

    /// <summary>
    /// Parses a time; null if the text is not ISO 8601. Other forms are ambiguous: 12-01-2026 is a day in January or in
    /// December.
    /// </summary>
    internal static DateTimeOffset? ReadTime(string text) =>
        Iso8601().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time >= Earliest && time < Latest
            ? time
            : null;

    /// <summary>A text that is not blank, has no control characters and follows a rule.</summary>
    public static Value<string> Text(string helpName, string rule, Predicate<string> isValid) => new(
        helpName,
        rule,
        (string text, out string? value) => !string.IsNullOrWhiteSpace(value = text) && !text.Any(char.IsControl) && isValid(text));

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?\z")]
    private static partial Regex Iso8601();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z")]
    private static partial Regex Jwt();

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,100}\z")]
    private static partial Regex EnvironmentName();
}
