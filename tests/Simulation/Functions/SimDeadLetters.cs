using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>Puts dead letters into the queue's own dead-letter queue.</summary>
public sealed class SimDeadLetters(Simulator simulator, Network network, SimQueue queue) : IDeadLetters
{
    public Task PutAsync(DeadLetter letter, CancellationToken ct) => network.CallAsync(
        "sqs",
        $"{queue.Name}.dead-letter",
        () =>
        {
            queue.DeadLetters.Add((letter.Body, letter.Reason.Message));
            simulator.Timeline.Add("dead letter", letter.Stream, $"{queue.Name}: {letter.Reason.GetType().Name}");
            return true;
        },
        ct);
}
