using ServerlessCqrs.Topology;

namespace ServerlessCqrs.WebConsole.Flow;

/// <summary>The parts of a topology that the console draws.</summary>
/// <param name="ReadModels">The names of all declared read models, which are also their tables' names.</param>
public sealed record FlowParts(
    EventStream Commands,
    Topic Events,
    IReadOnlyList<HttpService> Services,
    IReadOnlyList<Function> Functions,
    IReadOnlyList<Queue> Queues,
    IReadOnlyList<string> ReadModels)
{
    public static FlowParts Of(SystemTopology system, IReadOnlyList<string> readModels) =>
        new(system.Commands, system.Events, system.Services, system.Functions, system.Queues, readModels);
}

/// <summary>How many messages are in the queues of a stack.</summary>
public interface IQueueDepths
{
    Task<IReadOnlyList<QueueState>> ReadAsync(CancellationToken ct);
}

/// <summary>A queue and its dead letters, by SQS's own, approximate, counts.</summary>
/// <param name="Name">By its name in the topology.</param>
/// <param name="Waiting">Messages that a function can take.</param>
/// <param name="InFlight">Messages that a function has.</param>
/// <param name="Delayed">Messages that the queue holds back.</param>
/// <param name="Dead">Messages that no function could handle.</param>
public sealed record QueueState(
    string Name,
    int Waiting,
    int InFlight,
    int Delayed,
    int Dead);
