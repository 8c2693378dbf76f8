using System.CommandLine;
using System.CommandLine.Parsing;

namespace ServerlessCqrs.Operating.Commands;

/// <summary>Parses a text; false if it is no value of this kind.</summary>
public delegate bool Reading<T>(string text, out T? value);

/// <summary>
/// A kind of value on the command line. A value is parsed and checked in one place. No option or argument here has a
/// validator: a validator also runs for a text that did not parse, and its access to the value throws.
/// </summary>
/// <param name="helpName">The name that the help shows.</param>
/// <param name="rule">The rule in error messages: "a number above zero".</param>
public sealed class Value<T>(string helpName, string rule, Reading<T> read)
{
    /// <summary>Creates an optional option.</summary>
    public Option<T?> Option(string name, string description) => new(name) { Description = description, HelpName = helpName, CustomParser = result => Parse(result, name) };

    /// <summary>Creates an option with a default value.</summary>
    public Option<T> Option(string name, string description, T otherwise) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, name),
        DefaultValueFactory = _ => otherwise,
    };

    public Option<T> Required(string name, string description) => new(name) { Description = description, HelpName = helpName, Required = true, CustomParser = result => Parse(result, name) };

    /// <summary>Creates an option that can be given several times.</summary>
    public Option<T[]> Repeated(string name, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, name, token.Value)).OfType<T>()],
    };

    public Argument<T> Argument(string description) => new(helpName) { Description = description, CustomParser = result => Parse(result, helpName) };

    /// <summary>Creates an optional argument.</summary>
    public Argument<T?> OptionalArgument(string description) => new(helpName) { Description = description, Arity = ArgumentArity.ZeroOrOne, CustomParser = result => Parse(result, helpName) };

    private T? Parse(ArgumentResult result, string name) => result.Tokens is [var token] ? Parse(result, name, token.Value) : default;

    private T? Parse(ArgumentResult result, string name, string text)
    {
        if (read(text, out var value)) return value;
        result.AddError($"{name} must be {rule}, not '{text}'.");
        return default;
    }
}
