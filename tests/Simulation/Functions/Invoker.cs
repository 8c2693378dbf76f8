using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>
/// Lambda: keeps instances of one function, runs one invocation at a time in each, and kills an instance after the
/// timeout.
/// </summary>
/// <param name="start">What an instance does before its first invocation, or null for nothing.</param>
public sealed class Invoker<THandler>(Simulator simulator, Dice dice, string name, TimeSpan timeout, Func<SimProcess, THandler> create, Func<THandler, CancellationToken, Task>? start = null)
    where THandler : class
{
    /// <summary>Cancels a margin before the end, like the product's Lambda host.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly List<(SimProcess Process, THandler Handler)> _idle = [];
    private int _instances;
    private int _deployment;

    /// <summary>Uses only new instances from now on.</summary>
    public void Recycle()
    {
        _deployment++;
        _idle.Clear();
    }

    /// <summary>Runs one invocation, from the caller's view.</summary>
    /// <param name="patience">After this time the caller gives up, and the invocation may continue. Null to never give
    /// up.</param>
    public async Task<(bool Ended, T? Result)> InvokeAsync<T>(Func<THandler, InvocationContext, CancellationToken, Task<T>> call, TimeSpan? patience = null)
    {
        var deployment = _deployment;
        var (process, handler, isNew) = Instance();
        var deadline = process.Clock.GetUtcNow() + timeout;
        var answer = process.Start(async () =>
        {
            using var stop = new CancellationTokenSource(timeout - Margin, process.Clock);
            if (isNew && start is not null) await start(handler, stop.Token);
            return await call(handler, new InvocationContext(name, name, null, deadline), stop.Token);
        });
        simulator.After(timeout, () =>
        {
            if (!answer.IsCompleted) process.Kill("timed out");
        });

        List<Task> ends = [answer, process.Died];
        if (patience is { } most) ends.Add(simulator.Delay(most));
        var first = await Task.WhenAny(ends);
        if (first != answer)
        {
            // An abandoned instance is not used again.
            return (false, default);
        }

        if (process.IsAlive && deployment == _deployment) _idle.Add((process, handler));
        if (answer.IsFaulted) simulator.Timeline.Add("failed", null, $"{process.Name}: {answer.Exception!.InnerException!.GetType().Name}");
        return answer.IsCompletedSuccessfully ? (true, await answer) : (false, default);
    }

    private (SimProcess Process, THandler Handler, bool IsNew) Instance()
    {
        _idle.RemoveAll(one => !one.Process.IsAlive);
        if (_idle.Count > 0 && !dice.Happens($"{name}.cold", 0.1))
        {
            var index = dice.Roll($"{name}.instance", _idle.Count);
            var (warm, handler) = _idle[index];
            _idle.RemoveAt(index);
            // The machine's clock jumps, to the right time or to a wrong one.
            if (dice.Happens($"{name}.clock-jumps", 0.01)) warm.Clock.Skew = ProcessClock.MostSkew * (1 - (2 * dice.Roll($"{name}.clock-by")));
            return (warm, handler, false);
        }

        var skew = dice.Happens($"{name}.skew", 0.1) ? TimeSpan.FromSeconds(-5 + 10 * dice.Roll($"{name}.skewed-by")) : TimeSpan.Zero;
        var process = new SimProcess(simulator, $"{name}-{_instances++}", skew, mayDie: true);
        return (process, create(process), true);
    }
}
