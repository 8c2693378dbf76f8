using ServerlessCqrs.EventStore;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>A command that a client sent.</summary>
/// <param name="Token">The actor of the client's verified token.</param>
/// <param name="Predecessor">The same client's previous acknowledged command on the stream.</param>
public sealed record SentCommand(
    CommandRecord Record,
    Actor Token,
    bool IsMalformed,
    Guid? Predecessor)
{
    /// <summary>Its first position on the command stream, or null if it is not there.</summary>
    public long? FirstSequence { get; set; }

    /// <summary>The time in its first record. A retry has its own time.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The time at which Kinesis accepted its first record.</summary>
    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>True if its first record has a version that the previous release does not know.</summary>
    public bool IsNewer { get; set; }

    public bool IsAcknowledged { get; set; }
}

/// <summary>The sender of a command.</summary>
/// <param name="Token">The actor of the verified token.</param>
/// <param name="Predecessor">The sender's previous acknowledged command on the stream.</param>
public sealed record Sender(
    Actor Token,
    Wish Wish,
    Guid? Predecessor);
