using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.Operator.DeadLetters;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>deadletters list | show | redrive | discard</c>: what no function could handle.</summary>
internal static class DeadLettersCommand
{
    private static readonly Argument<string> Id = Values.TextOf("ID").Argument("The id that list shows.");
    private static readonly Option<string?> OnlyId = Values.TextOf("ID").Option("--id", "Only the letter with this id.");
    private static readonly Option<string?> Queue = Values.Queue.Option("--queue", $"Only this queue: {string.Join(", ", ShopTopology.Queues.Select(queue => queue.Name))}.");
    private static readonly Option<string?> Reason = Values.TextOf("TEXT").Option("--reason", "Only letters whose reason contains this text.");
    private static readonly Option<StreamId?> Stream = Values.Stream.Option("--stream", "Only letters of this stream.");
    private static readonly Option<DateTimeOffset?> Since = Values.Time.Option("--since", "Only letters that failed at this time or later.");
    private static readonly Option<string> Why = Values.TextOf("TEXT").Required("--why", "The reason. The journal keeps it.");
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document, for scripts." };

    public static Command Create() => new("deadletters", "Lists, shows, redrives and discards messages that no function could handle.")
    {
        OnDesk(new Command("list", "Lists dead letters, oldest first.") { Queue, Reason, Stream, Since, Json }, ListAsync),
        OnDesk(new Command("show", "Shows one dead letter with its stack trace.") { Id }, ShowAsync),
        OnDesk(new Command("redrive", "Sends dead letters to their functions again, in the order of each stream's versions. You can interrupt and repeat it: no letter is lost.") { OnlyId, Queue, Reason, Stream, Since }, RedriveAsync),
        OnDesk(new Command("discard", "Deletes dead letters for good.") { OnlyId, Queue, Reason, Stream, Since, Why }, DiscardAsync),
    };

    private static Command OnDesk(Command command, Func<ParseResult, LetterDesk, CancellationToken, Task<int>> run) =>
        command.OnStack(async (parsed, stack, ct) => await run(parsed, await DeskOfAsync(stack, ct), ct));

    /// <summary>Where the dead letters of a stack's queues are decided about.</summary>
    public static async Task<LetterDesk> DeskOfAsync(ShopStack stack, CancellationToken ct)
    {
        List<ILetterQueue> queues = [];
        foreach (var queue in ShopTopology.Queues)
            queues.Add(new SqsLetterQueue(
                stack.Sqs,
                queue.Name,
                await stack.QueueUrlAsync(queue.Name, ct),
                await stack.QueueUrlAsync(queue.DeadLettersName, ct),
                stack.Domain.Events));
        return new LetterDesk(queues, stack.Journal, ShopStack.Operator, TimeProvider.System);
    }

    private static LetterFilter FilterOf(ParseResult parsed) => new(parsed.GetValue(OnlyId), parsed.GetValue(Queue), parsed.GetValue(Reason), parsed.GetValue(Stream), parsed.GetValue(Since));

    private static async Task<int> ListAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        var letters = await desk.ListAsync(FilterOf(parsed), ct);
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(letters.Select(LetterDocument.Of).ToArray(), LetterJson.Default.LetterDocumentArray));
            return ExitCodes.Good;
        }

        foreach (var letter in letters) Console.WriteLine($"{letter.Id}  {Time(letter)}  {letter.Queue}  {About(letter)}  {ReasonOf(letter)}");
        Console.WriteLine(letters.Count == 0 ? "There is no dead letter." : $"{letters.Count:N0} dead letters");
        return ExitCodes.Good;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        var id = parsed.GetValue(Id)!;
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

    private static async Task<int> RedriveAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        Console.WriteLine($"{await desk.RedriveAsync(FilterOf(parsed), ct):N0} dead letters were sent to their functions again");
        return ExitCodes.Good;
    }

    private static async Task<int> DiscardAsync(ParseResult parsed, LetterDesk desk, CancellationToken ct)
    {
        Console.WriteLine($"{await desk.DiscardAsync(FilterOf(parsed), parsed.GetValue(Why)!, ct):N0} dead letters were discarded");
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
