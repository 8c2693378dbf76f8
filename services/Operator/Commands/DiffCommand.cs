using System.CommandLine;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Operator.Verify;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>diff</c>: compares a document at two points of its history.</summary>
internal static class DiffCommand
{
    private static readonly Argument<StreamId?> Stream = Values.Stream.Argument("A stream, for example product-6579c22f-be2b-444c-a52b-0116dd82df6c.");
    private static readonly Option<HistoryBounds> From = Values.Point.Required("--from", "From this version, or from this time.");
    private static readonly Option<HistoryBounds?> To = Values.Point.Option("--to", "To this version, or to this time. Default: now.");

    public static Command Create() =>
        new Command("diff", "Shows how a stream's document changed between two versions or times.") { Stream, From, To }.OnStack(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        var stream = parsed.GetRequiredValue(Stream)!.Value;
        await KnownStream.EnsureAsync(stack, stream, ct);
        var difference = await new DocumentDiff(stack.Models, stack.Streams).BetweenAsync(stream, parsed.GetValue(From)!, parsed.GetValue(To) ?? HistoryBounds.Everything, ct)
            ?? throw new OperatorException($"Streams of category {stream.Category} have no documents to compare. Use history {stream}.");
        Console.WriteLine($"{stream}  version {difference.FromVersion} → {difference.ToVersion}");
        foreach (var change in difference.Changes) Console.WriteLine($"  {change.Path["$.".Length..]}: {JsonDifference.Show(change.Before)} → {JsonDifference.Show(change.After)}");
        if (difference.Changes.Count == 0) Console.WriteLine("  The same.");
        return ExitCodes.Good;
    }
}
