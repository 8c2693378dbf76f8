using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>
/// Parses whole numbers on a command line. A validator would read a value that did not parse, and throw.
/// </summary>
internal static class Number
{
    /// <summary>
    /// Returns a parser for an option's <c>CustomParser</c>. Its error names the option and the range.
    /// </summary>
    public static Func<ArgumentResult, T> Between<T>(T least, T most)
        where T : struct, INumber<T> => argument =>
    {
        if (argument.Tokens is [var token] && T.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        var given = string.Join(' ', argument.Tokens.Select(one => one.Value));
        argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{((OptionResult)argument.Parent!).Option.Name} takes a whole number from {least} to {most}, not '{given}'."));
        return default;
    };
}
