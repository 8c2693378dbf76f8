using System.CommandLine;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operator.History;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>history</c>: prints the audit trail of a stream, an actor, a command or a period.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<StreamId?> Stream = Values.Stream.OptionalArgument("A stream, for example product-6579c22f-be2b-444c-a52b-0116dd82df6c.");
    private static readonly Option<string?> Actor = Values.Sub.Option("--actor", "Only commands of this subject.");
    private static readonly Option<Guid?> Command = Values.Id.Option("--command", "Only this command.");
    private static readonly Option<DateTimeOffset?> From = Values.Time.Option("--from", "Only commands decided at this time or later.");
    private static readonly Option<DateTimeOffset?> To = Values.Time.Option("--to", "Only commands decided at this time or before.");
    private static readonly Option<HistoryFormat> Format = Values.OneOf<HistoryFormat>().Option("--format", "text; json: one array; ndjson: one line per command.", HistoryFormat.Text);
    private static readonly Option<bool> Operations = new("--operations") { Description = "List the actions of operators instead, for example redriven dead letters and erased persons." };
    private static readonly Option<bool> Json = new("--json") { Description = "Same as --format json." };

    public static Command Create()
    {
        var stack = new StackOptions();
        var command = new Command("history", "Lists every decided command, oldest first: who sent it, when, its cause, its outcome, and what each event changed in the document.")
        {
            Stream, Actor, Command, From, To, Operations, Format, Json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Operations) is not null && (result.GetResult(Stream) is { Tokens.Count: > 0 } || result.GetResult(Actor) is not null || result.GetResult(Command) is not null))
                result.AddError("--operations cannot be combined with a stream, --actor or --command.");
        });
        stack.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        if (parsed.GetValue(From) > parsed.GetValue(To)) throw new OperatorException("--from is after --to. Give --from the earlier time.");
        using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
        var format = parsed.GetValue(Json) ? HistoryFormat.Json : parsed.GetValue(Format);
        if (parsed.GetValue(Operations))
        {
            await new HistoryWriter(Console.Out).WriteAsync(stack.Journal.ReadAsync(parsed.GetValue(From), parsed.GetValue(To), ct), format, ct);
            return ExitCodes.Good;
        }

        var query = new TrailQuery(parsed.GetValue(Stream), parsed.GetValue(Actor), parsed.GetValue(Command), parsed.GetValue(From), parsed.GetValue(To));
        if (query.Stream is { } named) await KnownStream.EnsureAsync(stack, named, ct);
        var tip = query.Stream is { } stream ? await stack.Tips.FindAsync(stream, ct) : null;
        var history = new HistoryReader(stack.Trail, stack.Log, stack.History, stack.Models).ReadAsync(query, tip, ct);
        await new HistoryWriter(Console.Out).WriteAsync(history, format, ct);
        return ExitCodes.Good;
    }
}
