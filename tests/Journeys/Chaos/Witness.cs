using System.Collections.Concurrent;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>The clients' requests and the answers they got: one side of every check.</summary>
internal sealed class Witness
{
    private readonly ConcurrentQueue<string> _broken = [];

    /// <summary>Every requested command, by the id of its idempotency key.</summary>
    public ConcurrentDictionary<Guid, Asked> Asked { get; } = [];

    /// <summary>The answers about commands.</summary>
    public ConcurrentQueue<Told> Told { get; } = [];

    /// <summary>The requested orders.</summary>
    public ConcurrentQueue<Guid> Orders { get; } = [];

    /// <summary>The number of requests without an answer, or with only failures.</summary>
    public int Unanswered => _unanswered;

    /// <summary>The number of reads that were checked immediately.</summary>
    public int Reads => _reads;

    public IReadOnlyCollection<string> Broken => _broken;

    private int _unanswered;
    private int _reads;

    public void Break(string invariant, string detail) => _broken.Enqueue($"{invariant}: {detail}");

    public void NoAnswer() => Interlocked.Increment(ref _unanswered);

    public void Read() => Interlocked.Increment(ref _reads);
}

/// <summary>A command that a client requested.</summary>
/// <param name="Predecessor">The same client's previous acknowledged command on the stream.</param>
internal sealed record Asked(
    StreamId Stream,
    ICommand Command,
    Actor By,
    long? IfMatch,
    Guid? Predecessor);

/// <summary>A client's answer: the command is acknowledged, and possibly decided.</summary>
/// <param name="Status">Null while it is pending.</param>
internal sealed record Told(
    Guid CommandId,
    StreamId Stream,
    CommandStatus? Status,
    string? Code,
    long Version);
