using System.CommandLine;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating.History;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>history</c>: prints the audit trail of a stream, an actor, a command or a period.</summary>
internal sealed class HistoryCommand(OperatedSystem system)
{
    private readonly Argument<StreamId?> _stream =
        SystemValues.Stream(system).OptionalArgument($"A stream, for example {SystemValues.ExampleStream(system)}.");
    private readonly Option<string?> _actor = Values.Sub.Option("--actor", "Only commands of this subject.");
    private readonly Option<Guid?> _command = Values.Id.Option("--command", "Only this command.");
    private readonly Option<DateTimeOffset?> _from =
        Values.Time.Option("--from", "Only commands decided at this time or later.");
    private readonly Option<DateTimeOffset?> _to =
        Values.Time.Option("--to", "Only commands decided at this time or before.");
    private readonly Option<HistoryFormat> _format = Values.OneOf<HistoryFormat>().Option(
        "--format",
        "text; json: one array; ndjson: one line per command.",
        HistoryFormat.Text);
    private readonly Option<bool> _operations = new("--operations") { Description = "List the actions of operators instead, for example redriven dead letters and erased persons." };
    private readonly Option<bool> _json = new("--json") { Description = "Same as --format json." };

    public Command Create()
    {
        var stack = new StackOptions(system);
        var command = new Command("history", "Lists every decided command, oldest first: who sent it, when, its cause, its outcome, and what each event changed in the document.")
        {
            _stream, _actor, _command, _from, _to, _operations, _format, _json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(_operations) is not null && (result.GetResult(_stream) is { Tokens.Count: > 0 } || result.GetResult(_actor) is not null || result.GetResult(_command) is not null))
                result.AddError("--operations cannot be combined with a stream, --actor or --command.");
        });
        stack.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        if (parsed.GetValue(_from) > parsed.GetValue(_to)) throw new OperatorException("--from is after --to. Give --from the earlier time.");
        using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
        var format = parsed.GetValue(_json) ? HistoryFormat.Json : parsed.GetValue(_format);
        if (parsed.GetValue(_operations))
        {
            await new HistoryWriter(Console.Out).WriteAsync(stack.Journal.ReadAsync(parsed.GetValue(_from), parsed.GetValue(_to), ct), format, ct);
            return ExitCodes.Good;
        }

        var query = new TrailQuery(parsed.GetValue(_stream), parsed.GetValue(_actor), parsed.GetValue(_command), parsed.GetValue(_from), parsed.GetValue(_to));
        if (query.Stream is { } named) await KnownStream.EnsureAsync(stack, named, ct);
        var tip = query.Stream is { } stream ? await stack.Tips.FindAsync(stream, ct) : null;
        var history = new HistoryReader(stack.Trail, stack.Log, stack.History, stack.Models).ReadAsync(query, tip, ct);
        await new HistoryWriter(Console.Out).WriteAsync(history, format, ct);
        return ExitCodes.Good;
    }
}
