using System.CommandLine;
using System.CommandLine.Parsing;

namespace ServerlessCqrs.Operator.Commands;

/// <summary>Whether a text is such a value, and which.</summary>
internal delegate bool Reading<T>(string text, out T? value);

/// <summary>
/// A kind of value on the command line. A value is read and checked in one place, while it is parsed. No option or argument here has a validator: a validator also runs for a text that did not parse, and then throws when it
/// asks for the value.
/// </summary>
/// <param name="helpName">As the help shows it.</param>
/// <param name="rule">What a value must be, for the error: "a number above zero".</param>
internal sealed class Value<T>(string helpName, string rule, Reading<T> read)
{
    /// <summary>An option that may be missing.</summary>
    public Option<T?> Option(string name, string description) => new(name) { Description = description, HelpName = helpName, CustomParser = result => Parse(result, name) };

    /// <summary>An option with a value of its own where it is missing.</summary>
    public Option<T> Option(string name, string description, T otherwise) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, name),
        DefaultValueFactory = _ => otherwise,
    };

    public Option<T> Required(string name, string description) => new(name) { Description = description, HelpName = helpName, Required = true, CustomParser = result => Parse(result, name) };

    /// <summary>An option that may be given several times.</summary>
    public Option<T[]> Repeated(string name, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, name, token.Value)).OfType<T>()],
    };

    public Argument<T> Argument(string description) => new(helpName) { Description = description, CustomParser = result => Parse(result, helpName) };

    /// <summary>An argument that may be missing.</summary>
    public Argument<T?> OptionalArgument(string description) => new(helpName) { Description = description, Arity = ArgumentArity.ZeroOrOne, CustomParser = result => Parse(result, helpName) };

    private T? Parse(ArgumentResult result, string name) => result.Tokens is [var token] ? Parse(result, name, token.Value) : default;

    private T? Parse(ArgumentResult result, string name, string text)
    {
        if (read(text, out var value)) return value;
        result.AddError($"{name} must be {rule}, not '{text}'.");
        return default;
    }
}
