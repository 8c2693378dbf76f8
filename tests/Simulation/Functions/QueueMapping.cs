using System.Globalization;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>
/// Lambda's mapping of a queue: it runs a few invocations at once, with one batch each. Messages that are reported as
/// failed become visible again after a while, and so do all messages of a failed invocation.
/// </summary>
public sealed class QueueMapping
{
    private readonly SimProcess _lambda;
    private readonly SimQueue _queue;
    private readonly Invoker<ISqsBatchHandler> _function;
    private readonly int _batchSize;
    private readonly int _concurrency;
    private readonly Network _network;
    private readonly Truth _truth;
    private int _running;

    public QueueMapping(SimProcess lambda, SimQueue queue, Invoker<ISqsBatchHandler> function, int batchSize, int concurrency, Network network, Truth truth)
    {
        (_lambda, _queue, _function, _batchSize, _concurrency, _network, _truth) = (lambda, queue, function, batchSize, concurrency, network, truth);
        queue.Arrived = Pump;
    }

    private void Pump()
    {
        while (_running < _concurrency && !_network.IsAway("mappings"))
        {
            var messages = _queue.Receive(_batchSize);
            if (messages.Count == 0) return;
            _running++;
            _ = _lambda.Start(() => RunAsync(messages));
        }
    }

    private static Dictionary<string, string> AttributesOf(SimQueue.Message message) =>
        message.Receives is { } receives ? new() { [FollowedMessage.Receives] = receives.ToString(CultureInfo.InvariantCulture) } : [];

    private async Task RunAsync(IReadOnlyList<SimQueue.Message> messages)
    {
        List<SqsMessage> batch = [.. messages.Select(message => new SqsMessage(message.Id, message.Body, message.ReceiveCount, Simulator.Start, AttributesOf(message), _queue.Name, null))];
        var (ended, failed) = await _function.InvokeAsync((handler, context, ct) => handler.HandleAsync(batch, context, ct));
        foreach (var message in messages) _truth.Seen(_queue, message.Body, message.ReceiveCount);
        if (ended)
        {
            foreach (var message in messages.Where(message => !failed!.Contains(message.Id)))
            {
                _truth.Done(_queue, message);
                _queue.Delete(message);
            }
        }

        _running--;
        Pump();
    }
}
