using System.Runtime.CompilerServices;
using ServerlessCqrs.WebConsole.Serving;

namespace ServerlessCqrs.WebConsole.Flow;

/// <summary>Reads the stack once a second while a page is open. All open pages share a reading.</summary>
public sealed class FlowWatch(ConsoleOptions options, IStackSource stacks, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>The timeout for each part of a reading.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Lags cost a query of the log for each read model.</summary>
    private static readonly TimeSpan BetweenLags = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CommandFeed _feed = new(FlowMap.Of(options.Parts), options.Parts, time);
    private FlowReading? _last;
    private long _lastAt;
    private IReadOnlyList<ModelLag>? _lags;
    private long _lagsAt;

    public async IAsyncEnumerable<FlowReading> WatchAsync([EnumeratorCancellation] CancellationToken ct)
    {
        FlowReading? shown = null;
        while (!ct.IsCancellationRequested)
        {
            var reading = await ReadAsync(ct);
            if (!ReferenceEquals(reading, shown)) yield return shown = reading;
            await Task.Delay(Every, time, ct);
        }
    }

    /// <summary>A reading that is at most a second old.</summary>
    public async Task<FlowReading> ReadAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            // A little less than the period, so that a timer that is early does not skip a turn.
            if (_last is not null && time.GetElapsedTime(_lastAt) < 0.9 * Every) return _last;
            _last = await LookAsync(ct);
            _lastAt = time.GetTimestamp();
            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<FlowReading> LookAsync(CancellationToken ct)
    {
        StackView stack;
        try
        {
            stack = await stacks.OpenAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return new FlowReading(time.GetUtcNow(), null, null, null, null, new Dictionary<string, int>(), new Dictionary<string, double>(), [], [Failures.Tell(e)]);
        }

        var faults = new List<string>();
        var queues = TryAsync(stack.Queues.ReadAsync, faults, ct);
        var models = TryAsync(token => LagsAsync(stack, token), faults, ct);
        var commands = TryAsync(
            async token =>
            {
                await _feed.ReadAsync(stack.Log.Trail, stack.Domain.Events, token);
                return _feed;
            },
            faults,
            ct);
        await Task.WhenAll(queues, models, commands);
        var feed = await commands;
        return new FlowReading(
            time.GetUtcNow(),
            await queues,
            await models,
            feed?.Rate,
            feed?.Recent,
            feed?.Pulses ?? new Dictionary<string, int>(),
            feed?.Rates ?? new Dictionary<string, double>(),
            stack.Processes(),
            [.. faults.Distinct()]);
    }

    private async Task<IReadOnlyList<ModelLag>> LagsAsync(StackView stack, CancellationToken ct)
    {
        if (_lags is not null && time.GetElapsedTime(_lagsAt) < BetweenLags) return _lags;
        _lags = null;
        _lags = [.. (await stack.Lags.ObserveAsync(ct)).Select(lag => new ModelLag(lag.Name, lag.LagMs, lag.BehindStreams, lag.Oldest?.ToString()))];
        _lagsAt = time.GetTimestamp();
        return _lags;
    }

    /// <summary>Returns null and adds a fault if the part fails or times out. The other parts stay live.</summary>
    private async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> read, List<string> faults, CancellationToken ct)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await read(either.Token);
        }
#pragma warning disable CA1031 // Whatever fails is shown, and the rest stays live.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            lock (faults) faults.Add(Failures.Tell(e));
            return null;
        }
    }
}
