using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.WebConsole.Flow;

/// <summary>A stack at one moment. A part that could not be read is missing, and <see cref="Faults"/> says why.</summary>
/// <param name="Recent">The commands that were decided last, the newest first.</param>
/// <param name="Pulses">How many messages took each way since the reading before, by the way's id.</param>
/// <param name="Rates">The same a second, over the last ten.</param>
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

/// <param name="LagMs">How long ago the oldest event reached the log that the read model lacks; 0 for none.</param>
/// <param name="Oldest">The stream of that event.</param>
public sealed record ModelLag(
    string Name,
    long LagMs,
    int BehindStreams,
    string? Oldest);

/// <summary>Decided commands a second, over the last ten seconds.</summary>
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
