using System.CommandLine;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>diff</c>: compares a document at two points of its history.</summary>
internal sealed class DiffCommand(OperatedSystem system)
{
    private readonly Argument<StreamId?> _stream =
        SystemValues.Stream(system).Argument($"A stream, for example {SystemValues.ExampleStream(system)}.");
    private readonly Option<HistoryBounds> _from =
        Values.Point.Required("--from", "From this version, or from this time.");
    private readonly Option<HistoryBounds?> _to =
        Values.Point.Option("--to", "To this version, or to this time. Default: now.");

    public Command Create() =>
        new Command("diff", "Shows how a stream's document changed between two versions or times.") { _stream, _from, _to }.OnStack(system, RunAsync);

    private async Task<int> RunAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var stream = parsed.GetRequiredValue(_stream)!.Value;
        await KnownStream.EnsureAsync(stack, stream, ct);
        var difference = await new DocumentDiff(stack.Models, stack.Streams).BetweenAsync(stream, parsed.GetValue(_from)!, parsed.GetValue(_to) ?? HistoryBounds.Everything, ct)
            ?? throw new OperatorException($"Streams of category {stream.Category} have no documents to compare. Use history {stream}.");
        Console.WriteLine($"{stream}  version {difference.FromVersion} → {difference.ToVersion}");
        foreach (var change in difference.Changes) Console.WriteLine($"  {change.Path["$.".Length..]}: {JsonDifference.Show(change.Before)} → {JsonDifference.Show(change.After)}");
        if (difference.Changes.Count == 0) Console.WriteLine("  The same.");
        return ExitCodes.Good;
    }
}
