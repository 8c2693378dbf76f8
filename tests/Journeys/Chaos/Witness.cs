using System.Collections.Concurrent;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>What clients asked for and what they were told: the one side of every check.</summary>
internal sealed class Witness
{
    private readonly ConcurrentQueue<string> _broken = [];

    /// <summary>Every command that was asked for, by what identifies its idempotency key.</summary>
    public ConcurrentDictionary<Guid, Asked> Asked { get; } = [];

    /// <summary>What clients were told of commands.</summary>
    public ConcurrentQueue<Told> Told { get; } = [];

    /// <summary>Orders that were asked for.</summary>
    public ConcurrentQueue<Guid> Orders { get; } = [];

    /// <summary>Requests that got no answer, or none but that something failed.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Reads that were checked as they came.</summary>
    public int Reads => _reads;

    public IReadOnlyCollection<string> Broken => _broken;

    private int _unanswered;
    private int _reads;

    public void Break(string invariant, string detail) => _broken.Enqueue($"{invariant}: {detail}");

    public void NoAnswer() => Interlocked.Increment(ref _unanswered);

    public void Read() => Interlocked.Increment(ref _reads);
}

/// <summary>A command as somebody asked for it.</summary>
/// <param name="Predecessor">What the same client had acknowledged before on the stream.</param>
internal sealed record Asked(
    StreamId Stream,
    ICommand Command,
    Actor By,
    long? IfMatch,
    Guid? Predecessor);

/// <summary>What a client was told: its command is acknowledged, and perhaps decided.</summary>
/// <param name="Status">Null while it is pending.</param>
internal sealed record Told(
    Guid CommandId,
    StreamId Stream,
    CommandStatus? Status,
    string? Code,
    long Version);
