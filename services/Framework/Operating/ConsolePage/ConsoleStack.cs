using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Operating.Queues;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.WebConsole;
using ServerlessCqrs.WebConsole.Flow;

namespace ServerlessCqrs.Operating.ConsolePage;

/// <summary>The stack that the console shows. If a local stack restarts at other ports, it is opened again.</summary>
/// <param name="dataFolder">Of a local stack; null for a deployed one.</param>
internal sealed class ConsoleStack(OperatedStack stack, string? dataFolder, TimeProvider time) : IStackSource, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private OperatedStack _stack = stack;
    private ReadyEndpoints? _endpoints = dataFolder is null ? null : ReadyFile.Read(stack.System, dataFolder).Endpoints;
    private StackView? _view;

    public async ValueTask<StackView> OpenAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (dataFolder is not null) Follow(dataFolder);
            return _view ??= await ViewAsync(ct);
        }
        catch (OperatorException e)
        {
            throw new RefusedException(e.Message, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _stack.Dispose();
        _turn.Dispose();
    }

    private void Follow(string folder)
    {
        if (ReadyFile.Read(_stack.System, folder).Endpoints is var endpoints && endpoints == _endpoints) return;
        var moved = LocalStack.Open(_stack.System, folder, time);
        _stack.Dispose();
        (_stack, _endpoints, _view) = (moved, endpoints, null);
    }

    private async Task<StackView> ViewAsync(CancellationToken ct)
    {
        var stack = _stack;
        var models = stack.Live;
        return new StackView(
            stack.Domain,
            new StackLog(stack.Log, stack.History, stack.History, stack.Trail),
            stack.Tips,
            stack.Streams,
            models,
            new ReadModelLags(models, stack.History, new DynamoLagWatermarks(stack.DynamoDb, stack.CheckpointsTable)),
            new Depths(stack),
            new ConsoleLetterDesk(await DeadLettersCommand.DeskOfAsync(stack, ct)),
            new ConsoleReadModelDesk(stack, time),
            () => dataFolder is null ? [] : ProcessesOf(stack.System, dataFolder));
    }

    private static IReadOnlyList<ProcessState> ProcessesOf(OperatedSystem system, string folder) =>
    [
        .. (ReadyFile.Read(system, folder).Processes ?? new Dictionary<string, int>())
            .Select(process => new ProcessState(process.Key, process.Value, ReadyFile.IsRunning(process.Value)))
            .OrderBy(process => process.Name, StringComparer.Ordinal),
    ];

    private sealed class Depths(OperatedStack stack) : IQueueDepths
    {
        public async Task<IReadOnlyList<QueueState>> ReadAsync(CancellationToken ct)
        {
            var depths = (await new QueueDepths(stack).ReadAsync(ct)).ToDictionary(depth => depth.Name);
            return [.. stack.System.Topology.Queues.Select(queue => StateOf(depths[queue.Name], depths[queue.DeadLettersName]))];
        }

        private static QueueState StateOf(QueueDepth queue, QueueDepth dead) =>
            new(queue.Name, queue.Visible, queue.InFlight, queue.Delayed, dead.All);
    }
}
