using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.WebConsole.Flow;

/// <summary>A stack at one moment. A part is null if it could not be read; <see cref="Faults"/> says why.</summary>
/// <param name="Recent">The last decided commands, newest first.</param>
/// <param name="Pulses">The number of messages on each way since the previous reading, by the way's id.</param>
/// <param name="Rates">Messages per second on each way, over the last ten seconds.</param>
public sealed record FlowReading(
    DateTimeOffset At,
    IReadOnlyList<QueueState>? Queues,
    IReadOnlyList<ModelLag>? Models,
    CommandRate? Commands,
    IReadOnlyList<DecidedCommand>? Recent,
    IReadOnlyDictionary<string, int> Pulses,
    IReadOnlyDictionary<string, double> Rates,
    IReadOnlyList<ProcessState> Processes,
    IReadOnlyList<string> Faults);

/// <param name="LagMs">The age in the log of the oldest event that the read model lacks; 0 if it lacks none.</param>
/// <param name="Oldest">The stream of that event.</param>
public sealed record ModelLag(
    string Name,
    long LagMs,
    int BehindStreams,
    string? Oldest);

/// <summary>Decided commands per second, over the last ten seconds.</summary>
public sealed record CommandRate(
    double PerSecond,
    double AppliedPerSecond,
    double RefusedPerSecond);

/// <param name="DecidedMs">From the producer's clock to the decision.</param>
/// <param name="Way">The ways of the map that the command and its events took.</param>
public sealed record DecidedCommand(
    Guid Id,
    string Stream,
    string Type,
    CommandStatus Status,
    long Version,
    IReadOnlyList<string> Events,
    string? Code,
    string? Reason,
    string Actor,
    string Role,
    DateTimeOffset At,
    long DecidedMs,
    IReadOnlyList<string> Way)
{
    public static DecidedCommand Of(CommandOutcome outcome, IReadOnlyList<string> way) => new(
        outcome.CommandId,
        outcome.Stream.ToString(),
        outcome.CommandType,
        outcome.Status,
        outcome.Version,
        outcome.Events,
        outcome.Code,
        outcome.Reason,
        outcome.Actor.Id,
        outcome.Actor.Role,
        outcome.At,
        Math.Max(0, (long)(outcome.At - outcome.IssuedAt).TotalMilliseconds),
        way);
}
