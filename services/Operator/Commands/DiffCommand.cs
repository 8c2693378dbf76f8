using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Operator.Verify;
using ServerlessCqrs.ReadModels.History;
using ServerlessCqrs.Shop;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>diff</c>: a document at two points of its history.</summary>
internal static class DiffCommand
{
    private static readonly Argument<string> Stream = StreamArgument.Create();
    private static readonly Option<HistoryBounds> From = PointOption("--from", "From this version on, or from this time.", required: true);
    private static readonly Option<HistoryBounds?> To = PointOption("--to", "To this version, or this time; to now where it is left out.", required: false)!;

    public static Command Create()
    {
        var stack = new StackOptions();
        var command = new Command("diff", "Shows what became of a stream's document between two versions or times.") { Stream, From, To };
        stack.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
        var stream = StreamId.Parse(parsed.GetValue(Stream)!);
        var difference = await new DocumentDiff(stack.Models, new StreamReader(stack.History, stack.Tips)).BetweenAsync(stream, parsed.GetValue(From)!, parsed.GetValue(To) ?? HistoryBounds.Everything, ct)
            ?? throw new OperatorException($"Streams of category {stream.Category} have no documents to compare: see history {stream}.");
        Console.WriteLine($"{stream}  version {difference.FromVersion} → {difference.ToVersion}");
        foreach (var change in difference.Changes) Console.WriteLine($"  {change.Path["$.".Length..]}: {JsonDifference.Show(change.Before)} → {JsonDifference.Show(change.After)}");
        if (difference.Changes.Count == 0) Console.WriteLine("  The same.");
        return ExitCodes.Good;
    }

    private static Option<HistoryBounds> PointOption(string name, string description, bool required) =>
        new(name) { Description = description, HelpName = "VERSION|TIME", Required = required, CustomParser = Parse };

    private static HistoryBounds? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return new HistoryBounds(ToVersion: version);
        if (TimeOption.TryRead(text, out var time)) return new HistoryBounds(AsOf: time);
        result.AddError($"{text} is neither a version nor a time: give one as in 7 or 2026-01-31T12:00:00Z.");
        return null;
    }
}
