using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>Puts the rest of a message back into the queue.</summary>
public sealed class SimRemainders(Network network, SimQueue queue) : IRemainders
{
    public Task PutAsync(string body, int receives, CancellationToken ct) => network.CallAsync(
        "sqs",
        $"{queue.Name}.remainder",
        () =>
        {
            queue.SendRemainder(body, receives);
            return true;
        },
        ct);
}

/// <summary>Puts dead letters into the queue's own dead-letter queue.</summary>
public sealed class SimDeadLetters(Simulator simulator, Network network, Truth truth, SimQueue queue) : IDeadLetters
{
    public Task PutAsync(DeadLetter letter, CancellationToken ct) => network.CallAsync(
        "sqs",
        $"{queue.Name}.dead-letter",
        () =>
        {
            // The attributes take about 6 KB.
            if (Sizes.Utf8(letter.Body) + 6 * 1024 > StoreLimits.SqsMessage.Bytes) truth.Unfit($"{queue.Name}: a dead letter of {letter.Body.Length} characters");
            queue.DeadLetters.Add((letter.Body, letter.Reason.Message));
            simulator.Timeline.Add("dead letter", letter.Stream, $"{queue.Name}: {letter.Reason.GetType().Name}");
            return true;
        },
        ct);
}
