using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.Operating.DeadLetters;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>deadletters list | show | redrive | discard</c>: what no function could handle.</summary>
internal sealed class DeadLettersCommand(OperatedSystem system)
{
    private readonly Argument<string> _id = Values.TextOf("ID").Argument("The id that list shows.");
    private readonly Option<string?> _onlyId = Values.TextOf("ID").Option("--id", "Only the letter with this id.");
    private readonly Option<string?> _queue = SystemValues.Queue(system).Option(
        "--queue",
        $"Only this queue: {string.Join(", ", system.Topology.Queues.Select(queue => queue.Name))}.");
    private readonly Option<string?> _reason =
        Values.TextOf("TEXT").Option("--reason", "Only letters whose reason contains this text.");
    private readonly Option<StreamId?> _stream =
        SystemValues.Stream(system).Option("--stream", "Only letters of this stream.");
    private readonly Option<DateTimeOffset?> _since =
        Values.Time.Option("--since", "Only letters that failed at this time or later.");
    private readonly Option<string> _why = Values.TextOf("TEXT").Required("--why", "The reason. The journal keeps it.");
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document, for scripts." };

    public Command Create() => new("deadletters", "Lists, shows, redrives and discards messages that no function could handle.")
    {
        OnDesk(new Command("list", "Lists dead letters, oldest first.") { _queue, _reason, _stream, _since, _json }, ListAsync),
        OnDesk(new Command("show", "Shows one dead letter with its stack trace.") { _id }, ShowAsync),
        OnDesk(new Command("redrive", "Sends dead letters to their functions again, in the order of each stream's versions. You can interrupt and repeat it: no letter is lost.") { _onlyId, _queue, _reason, _stream, _since }, RedriveAsync),
        OnDesk(new Command("discard", "Deletes dead letters for good.") { _onlyId, _queue, _reason, _stream, _since, _why }, DiscardAsync),
    };

    private Command OnDesk(Command command, Func<ParseResult, LetterDesk, CancellationToken, Task<int>> run) =>
        command.OnStack(system, async (parsed, stack, ct) => await run(parsed, await DeskOfAsync(stack, ct), ct));

    /// <summary>Where the dead letters of a stack's queues are decided about.</summary>
    public static async Task<LetterDesk> DeskOfAsync(OperatedStack stack, CancellationToken ct)
    {
        List<ILetterQueue> queues = [];
        foreach (var queue in stack.System.Topology.Queues)
            queues.Add(new SqsLetterQueue(
                stack.Sqs,
                queue.Name,
                await stack.QueueUrlAsync(queue.Name, ct),
                await stack.QueueUrlAsync(queue.DeadLettersName, ct),
                stack.Domain.Events));
        return new LetterDesk(queues, stack.Journal, OperatedStack.Operator, TimeProvider.System);
    }

    private LetterFilter FilterOf(ParseResult parsed) => new(parsed.GetValue(_onlyId), parsed.GetValue(_queue), parsed.GetValue(_reason), parsed.GetValue(_stream), parsed.GetValue(_since));

    private async Task<int> ListAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        var letters = await desk.ListAsync(FilterOf(parsed), ct);
        if (parsed.GetValue(_json))
        {
            Console.WriteLine(JsonSerializer.Serialize(letters.Select(LetterDocument.Of).ToArray(), LetterJson.Default.LetterDocumentArray));
            return ExitCodes.Good;
        }

        foreach (var letter in letters) Console.WriteLine($"{letter.Id}  {Time(letter)}  {letter.Queue}  {About(letter)}  {ReasonOf(letter)}");
        Console.WriteLine(letters.Count == 0 ? "There is no dead letter." : $"{letters.Count:N0} dead letters");
        return ExitCodes.Good;
    }

    private async Task<int> ShowAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        var id = parsed.GetValue(_id)!;
        if ((await desk.ListAsync(new LetterFilter(id), ct)) is not [var letter]) throw new OperatorException($"Dead letter {id} not found. It was redriven, or another Operator holds it for some minutes.");
        Console.WriteLine($"{letter.Id}  {Time(letter)}  {letter.Queue}{(letter.Function is { } function ? $", given up by {function}" : "")}");
        foreach (var batch in letter.Says)
        {
            Console.WriteLine($"  {batch.Stream}");
            foreach (var e in batch.Events) Console.WriteLine($"    version {e.Version}: {e.Type}, event {e.EventId} of command {e.CommandId}");
            foreach (var hint in batch.Hints) Console.WriteLine($"    hint of version {hint.Version}{(hint.Model is { } model ? $" for {model}" : "")}");
        }

        Console.WriteLine($"  {ReasonOf(letter)}");
        if (letter.Stack is { } thrown) Console.WriteLine(thrown);
        Console.WriteLine(letter.Body);
        return ExitCodes.Good;
    }

    private async Task<int> RedriveAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        Console.WriteLine($"{await desk.RedriveAsync(FilterOf(parsed), ct):N0} dead letters were sent to their functions again");
        return ExitCodes.Good;
    }

    private async Task<int> DiscardAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        Console.WriteLine($"{await desk.DiscardAsync(FilterOf(parsed), parsed.GetValue(_why)!, ct):N0} dead letters were discarded");
        return ExitCodes.Good;
    }

    private static string Time(Letter letter) => letter.FailedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "some time ago";

    private static string About(Letter letter) => letter.Stream is { } stream ? $"{stream} from version {letter.Version}" : letter.Says.Count == 0 ? "no message of ours" : $"{letter.Says.Count} streams";

    private static string ReasonOf(Letter letter) => letter.Reason?.ReplaceLineEndings(" ") ?? "Its function was killed or timed out at each attempt.";
}

/// <summary>A dead letter as scripts get it.</summary>
internal sealed record LetterDocument(
    string Id,
    string Queue,
    DateTimeOffset? FailedAt,
    string? Stream,
    long Version,
    string? Reason)
{
    public static LetterDocument Of(Letter letter) => new(letter.Id, letter.Queue, letter.FailedAt, letter.Stream?.ToString(), letter.Version, letter.Reason);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LetterDocument[]))]
internal sealed partial class LetterJson : JsonSerializerContext;
