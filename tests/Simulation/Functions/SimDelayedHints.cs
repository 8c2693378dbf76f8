using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Push;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>Puts hints that must wait back into the function's queue.</summary>
public sealed class SimDelayedHints(Network network, SimQueue queue) : IDelayedHints
{
    public Task PutAsync(IReadOnlyCollection<StreamHint> hints, CancellationToken ct) => network.CallAsync(
        "sqs",
        $"{queue.Name}.delayed",
        () =>
        {
            queue.Send(EventMessage.Write([], [.. hints]), PushLimits.Interval);
            return true;
        },
        ct);
}
