using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>The commands that wait in tips, for operators. Nothing here decides one: the consumer does, when its stream's next record arrives.</summary>
/// <param name="put">Puts records on the command stream, each under its stream's key, and returns when they are there.</param>
public sealed class ParkedCommands(IStreamTips tips, Domain domain, Func<IReadOnlyList<(StreamId Stream, ReadOnlyMemory<byte> Data)>, CancellationToken, Task> put)
{
    /// <summary>The streams on which commands wait, each with what waits first, in no order.</summary>
    public async IAsyncEnumerable<ParkedStream> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var tip in tips.ScanAsync(ct))
            if (tip.Parked.Count > 0) yield return Describe(tip);
    }

    /// <summary>
    /// Has the consumer look at the parked commands of streams: puts the first one of each on the command stream again.
    /// That is safe at any time and as often as you like: a command is decided once.
    /// </summary>
    public Task RedriveAsync(IReadOnlyList<ParkedStream> streams, CancellationToken ct) => put([.. streams.Select(stream => (stream.Stream, stream.First.Data))], ct);

    /// <summary>Has the consumer refuse the first parked command of a stream as <c>malformed</c>. Those behind it are decided then. False where another one is first by now.</summary>
    /// <param name="why">The reason in the command's outcome.</param>
    public async Task<bool> RefuseAsync(ParkedStream stream, string why, CancellationToken ct)
    {
        if (await tips.FindAsync(stream.Stream, ct) is not { Parked: [var first, ..] } tip || first.CommandId != stream.First.CommandId) return false;
        if (!await tips.CommitAsync(tip with { Parked = [first with { Refusal = why }, .. tip.Parked.Skip(1)] }, tip, ct)) return false;
        await RedriveAsync([stream], ct);
        return true;
    }

    private ParkedStream Describe(StreamTip tip)
    {
        var first = CommandDecoder.Parked(tip.Stream, tip.Position.Source, tip.Parked[0], domain);
        return new ParkedStream(tip.Stream, tip.Parked.Count, tip.Parked[0], first.Type, first.IsNewer);
    }
}

/// <summary>A stream on which commands wait.</summary>
/// <param name="Count">How many wait.</param>
/// <param name="First">The one that the others wait behind.</param>
/// <param name="Type">Its wire name.</param>
/// <param name="IsNewer">Whether this code cannot decide it.</param>
public sealed record ParkedStream(
    StreamId Stream,
    int Count,
    ParkedRecord First,
    string Type,
    bool IsNewer);
