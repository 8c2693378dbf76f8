using ServerlessCqrs.LocalRuntime.ClickHouse;
using ServerlessCqrs.LocalRuntime.Emulators;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// Kills and stops processes, and cuts services off, one after another until it is stopped. Then it restores
/// everything.
/// </summary>
internal sealed class Torment(ChaosStack stack, ChaosDice dice)
{
    // SNS, SQS and the mail service's store are in memory here, so killing them loses data by the emulator's design.
    // They are only stopped.
    private static readonly string[] Mortal = [DynamoDbLocal.Name, Kinesalite.Name, ClickHouseServer.Name];

    private readonly List<string> _done = [];

    /// <summary>The actions and their targets.</summary>
    public IReadOnlyList<string> Done => _done;

    public async Task RunAsync(TimeSpan longest, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300 + (1_200 * dice.Roll("torment.pause"))), stop);
                await NextAsync(longest * dice.Roll("torment.for"), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Enough.
            }
        }
    }

    private async Task NextAsync(TimeSpan duration, CancellationToken stop)
    {
        switch (dice.Roll("torment.what"))
        {
            case < 0.45:
                await KillAsync();
                break;
            case < 0.7:
                await HoldUpAsync(duration, stop);
                break;
            default:
                await CutOffAsync(duration, stop);
                break;
        }
    }

    private async Task KillAsync()
    {
        var name = Pick("torment.victim", [.. stack.Shop.ProcessNames, .. Mortal]);
        Note($"SIGKILL {name}");
        if (stack.Fleet.Processes.TryGetValue(name, out var emulator)) emulator.Kill();
        else if (stack.Shop.Pid(name) is > 0 and var pid) await Signal.TrySendAsync("KILL", pid);
    }

    private async Task HoldUpAsync(TimeSpan duration, CancellationToken stop)
    {
        var name = Pick("torment.held", [.. stack.Shop.ProcessNames, .. stack.Fleet.Processes.Keys]);
        var pid = stack.Fleet.Processes.TryGetValue(name, out var emulator) ? emulator.Pid : stack.Shop.Pid(name);
        if (pid == 0) return;
        Note($"SIGSTOP {name} for {duration.TotalSeconds:0.0} s");
        await Signal.TrySendAsync("STOP", pid);
        await WhileAsync(duration, stop);
        await Signal.TrySendAsync("CONT", pid);
    }

    private async Task CutOffAsync(TimeSpan duration, CancellationToken stop)
    {
        var (service, proxy) = stack.Proxies.ElementAt(dice.Roll("torment.service", stack.Proxies.Count));
        Note($"{service} is cut off for {duration.TotalSeconds:0.0} s");
        proxy.Refuses = true;
        await WhileAsync(duration, stop);
        proxy.Refuses = false;
    }

    /// <summary>Ends each action, even when it is stopped early.</summary>
    private static async Task WhileAsync(TimeSpan duration, CancellationToken stop)
    {
        try
        {
            await Task.Delay(duration, stop);
        }
        catch (OperationCanceledException)
        {
            // Sooner.
        }
    }

    private string Pick(string place, IReadOnlyList<string> names) => names[dice.Roll(place, names.Count)];

    private void Note(string what)
    {
        lock (_done) _done.Add(what);
    }
}
