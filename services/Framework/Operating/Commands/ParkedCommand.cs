using System.CommandLine;
using System.Globalization;
using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>parked list | redrive | refuse</c>: manages the commands that wait for a newer release.</summary>
internal sealed class ParkedCommand(OperatedSystem system)
{
    private readonly Option<StreamId?> _stream = SystemValues.Stream(system).Option("--stream", "Only this stream.");
    private readonly Option<StreamId?> _oneStream =
        SystemValues.Stream(system).Required("--stream", "The stream whose first parked command is refused.");
    private readonly Option<string> _why =
        Values.TextOf("TEXT").Required("--why", "The reason. The command's outcome and the journal keep it.");

    public Command Create() => new("parked", "Lists, redrives and refuses commands that this release cannot decide, because a newer one wrote them. They wait, with all later commands of their streams.")
    {
        new Command("list", "Lists the streams with parked commands.") { _stream }.OnStack(system, ListAsync),
        new Command("redrive", "Makes the consumer decide parked commands. Deploy the newer release first. You can repeat it. Exits with 1 if a command is newer than this release.") { _stream }.OnStack(system, RedriveAsync),
        new Command("refuse", "Makes the consumer refuse a stream's first parked command as malformed, and decide the next ones. Use it if no release will know that command again.") { _oneStream, _why }.OnStack(system, RefuseAsync),
    };

    /// <summary>Makes the consumer decide every parked command that this release can read.</summary>
    /// <returns>The number of streams that need a newer release.</returns>
    public static async Task<int> RedriveAsync(OperatedStack stack, StreamId? only, CancellationToken ct)
    {
        var parked = Of(stack);
        var (put, newer) = (0, 0);
        await foreach (var chunk in parked.ListAsync(ct).Where(stream => only is null || stream.Stream == only).Chunk(KinesisRecordWriter.MaxRecords).WithCancellation(ct))
        {
            foreach (var stream in chunk.Where(stream => stream.IsNewer)) Console.WriteLine($"{Line(stream)}: newer than this release");
            List<ParkedStream> known = [.. chunk.Where(stream => !stream.IsNewer)];
            newer += chunk.Length - known.Count;
            put += known.Count;
            if (known.Count == 0) continue;
            await JournalAsync(stack, "redrive", known, null, ct);
            await parked.RedriveAsync(known, ct);
        }

        Console.WriteLine($"{put:N0} streams were resumed{(newer > 0 ? $"; {newer:N0} wait for a newer release" : "")}");
        return newer;
    }

    private static ParkedCommands Of(OperatedStack stack)
    {
        var writer = new KinesisRecordWriter(stack.Kinesis, stack.Names.CommandStream);
        return new ParkedCommands(stack.Tips, stack.Domain, (records, ct) =>
            writer.WriteAsync([.. records.Select(record => new PutRecordsRequestEntry { PartitionKey = record.Stream.ToString(), Data = new MemoryStream(record.Data.ToArray()) })], ct));
    }

    private async Task<int> ListAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var streams = await Of(stack).ListAsync(ct).Where(stream => parsed.GetValue(_stream) is not { } only || stream.Stream == only).OrderBy(stream => stream.First.ArrivedAt).ToListAsync(ct);
        foreach (var stream in streams) Console.WriteLine($"{Line(stream)}: {(stream.IsNewer ? "newer than this release" : "redrive it")}");
        Console.WriteLine(streams.Count == 0 ? "No command is parked." : $"{streams.Sum(stream => stream.Count):N0} commands are parked on {streams.Count:N0} streams");
        return ExitCodes.Good;
    }

    private async Task<int> RedriveAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct) =>
        await RedriveAsync(stack, parsed.GetValue(_stream), ct) == 0 ? ExitCodes.Good : ExitCodes.NotGood;

    private async Task<int> RefuseAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var (id, why) = (parsed.GetValue(_oneStream)!, parsed.GetValue(_why)!);
        var parkedCommands = Of(stack);
        var stream = await parkedCommands.ListAsync(ct).FirstOrDefaultAsync(one => one.Stream == id, ct) ?? throw new OperatorException($"No command is parked on {id}.");
        await JournalAsync(stack, "refuse", [stream], why, ct);
        if (!await parkedCommands.RefuseAsync(stream, why, ct)) throw new OperatorException($"{id} changed meanwhile. Check parked list and retry.");
        Console.WriteLine($"Command {stream.First.CommandId} on {id} is refused as malformed");
        return ExitCodes.Good;
    }

    private static Task JournalAsync(OperatedStack stack, string what, IReadOnlyList<ParkedStream> streams, string? why, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcMilliseconds();
        return stack.Journal.WriteAsync([.. streams.Select(stream => new Operation(now, OperatedStack.Operator, what, $"parked command {stream.First.CommandId} of {stream.Stream}", why))], ct);
    }

    private static string Line(ParkedStream stream) =>
        $"{stream.First.ArrivedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}  {stream.Stream}  {stream.Type} {stream.First.CommandId} and {stream.Count - 1:N0} behind it";
}
