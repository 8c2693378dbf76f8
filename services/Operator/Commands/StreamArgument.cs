using System.CommandLine;
using System.CommandLine.Parsing;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Operator.Commands;

/// <summary>Arguments and options that name a stream.</summary>
internal static class StreamArgument
{
    private const string Example = "as in product-6579c22f-be2b-444c-a52b-0116dd82df6c";

    public static Argument<string> Create()
    {
        var argument = new Argument<string>("STREAM") { Description = $"A stream, {Example}." };
        argument.Validators.Add(Check);
        return argument;
    }

    public static Argument<string?> CreateOptional()
    {
        var argument = new Argument<string?>("STREAM") { Description = $"A stream, {Example}.", Arity = ArgumentArity.ZeroOrOne };
        argument.Validators.Add(Check);
        return argument;
    }

    public static Option<string?> CreateOption(string description)
    {
        var option = new Option<string?>("--stream") { Description = description, HelpName = "STREAM" };
        option.Validators.Add(Check);
        return option;
    }

    public static StreamId? Read(string? text) => text is null ? null : StreamId.Parse(text);

    private static void Check(SymbolResult result)
    {
        if (result.Tokens.Count > 0 && !StreamId.TryParse(result.Tokens[0].Value, out _)) result.AddError($"{result.Tokens[0].Value} is no stream: give a category and a key, {Example}.");
    }
}
