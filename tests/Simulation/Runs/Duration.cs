using System.CommandLine.Parsing;
using System.Globalization;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>A duration on the command line: <c>90s</c>, <c>10m</c>, <c>1.5h</c>.</summary>
internal static class Duration
{
    public static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1_000_000)
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
            }
        }

        argument.AddError($"'{text}' is no time: say 90s, 10m or 1.5h.");
        return null;
    }
}
