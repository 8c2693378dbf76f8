using System.Globalization;

namespace ServerlessCqrs.Benchmarks.Overview;

/// <summary>One line of the table.</summary>
/// <param name="IsMet">Null if the line has no goal.</param>
internal sealed record OverviewLine(
    string What,
    string Measured,
    string Goal,
    bool? IsMet)
{
    /// <param name="unit">The text after the figure, with its leading space if needed.</param>
    public static OverviewLine AtLeast(string what, double value, double goal, string unit = "", string format = "N0") =>
        new(what, Text(value, unit, format), $"≥ {Text(goal, unit, format)}", value >= goal);

    /// <param name="unit">The text after the figure, with its leading space if needed.</param>
    public static OverviewLine AtMost(string what, double value, double goal, string unit = "", string format = "N0") =>
        new(what, Text(value, unit, format), $"≤ {Text(goal, unit, format)}", value <= goal);

    public static OverviewLine Told(string what, string measured) => new(what, measured, "", null);

    /// <summary>The line in Markdown.</summary>
    public override string ToString() => $"| {What} | {Measured} | {Goal} | {IsMet switch { true => "yes", false => "no", null => "" }} |";

    private static string Text(double value, string unit, string format) => value.ToString(format, CultureInfo.InvariantCulture) + unit;
}
