using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ServerlessCqrs.Operator.Commands;

/// <summary>Options that take a time: ISO 8601, a date or more; UTC where it names no offset.</summary>
internal static class TimeOption
{
    public static Option<DateTimeOffset?> Create(string name, string description) => new(name) { Description = description, HelpName = "TIME", CustomParser = Parse };

    public static bool TryRead(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time) && text.Contains('-', StringComparison.Ordinal);

    private static DateTimeOffset? Parse(ArgumentResult result)
    {
        if (TryRead(result.Tokens[0].Value, out var time)) return time;
        result.AddError($"{result.Tokens[0].Value} is no time: give one as in 2026-01-31 or 2026-01-31T12:00:00Z.");
        return null;
    }
}
