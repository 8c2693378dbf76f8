using ServerlessCqrs.EventStore;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>A command as a client had it sent.</summary>
/// <param name="Token">Whom the client's verified token names.</param>
/// <param name="Predecessor">What the same client had acknowledged before on the stream.</param>
public sealed record SentCommand(
    CommandRecord Record,
    Actor Token,
    bool IsMalformed,
    Guid? Predecessor)
{
    /// <summary>Where it first stands on the command stream; null where it does not.</summary>
    public long? FirstSequence { get; set; }

    /// <summary>The time in the record that stands there first: a retry carries its own.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When Kinesis took the record that stands there first.</summary>
    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>Whether the record that stands there first is of a version that the release before does not know.</summary>
    public bool IsNewer { get; set; }

    public bool IsAcknowledged { get; set; }
}

/// <summary>Whoever asks for a command.</summary>
/// <param name="Token">Whom their verified token names.</param>
/// <param name="Predecessor">What they had acknowledged before on the stream.</param>
public sealed record Sender(
    Actor Token,
    Wish Wish,
    Guid? Predecessor);
