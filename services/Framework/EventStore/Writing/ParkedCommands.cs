using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// Lists, redrives and refuses parked commands for operators. It decides none. The consumer does that when the stream's
/// next record arrives.
/// </summary>
/// <param name="put">Sends records to the command stream with their stream as partition key, and returns after they are
/// stored.</param>
public sealed class ParkedCommands(IStreamTips tips, Domain domain, Func<IReadOnlyList<(StreamId Stream, ReadOnlyMemory<byte> Data)>, CancellationToken, Task> put)
{
    /// <summary>Lists the streams with parked commands, each with its first one, in no particular order.</summary>
    public async IAsyncEnumerable<ParkedStream> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var tip in tips.ScanAsync(ct))
            if (tip.Parked.Count > 0) yield return Describe(tip);
    }

    /// <summary>
    /// Makes the consumer process the parked commands of streams, by sending each first command again. This is safe at
    /// any time and can be repeated, because a command is decided once.
    /// </summary>
    public Task RedriveAsync(IReadOnlyList<ParkedStream> streams, CancellationToken ct) => put([.. streams.Select(stream => (stream.Stream, stream.First.Data))], ct);

    /// <summary>
    /// Makes the consumer refuse a stream's first parked command as <c>malformed</c>, and then decide those behind it.
    /// Returns false if another command is first by now.
    /// </summary>
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

/// <summary>A stream with parked commands.</summary>
/// <param name="Count">The number of parked commands.</param>
/// <param name="First">The first one, which the others wait behind.</param>
/// <param name="Type">The wire name of the first one.</param>
/// <param name="IsNewer">True if this code cannot decide the first one.</param>
public sealed record ParkedStream(
    StreamId Stream,
    int Count,
    ParkedRecord First,
    string Type,
    bool IsNewer);
