using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>
/// A dependency with a time limit and a circuit breaker. When half of at least <see cref="MinimumCalls"/> calls within
/// ten seconds have failed, it is not called for <see cref="Pause"/>. Then it gets one call at a time until one
/// succeeds.
/// </summary>
public sealed partial class Dependency
{
    public const int MinimumCalls = 3;

    /// <summary>
    /// How long it is not called. It is short, because a probe costs one request at most its time limit.
    /// </summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The number of keys in one read of the tips (BatchGetItem's quota).</summary>
    public const int StreamsAtOnce = 100;

    private static readonly ResiliencePropertyKey<TimeSpan> LimitKey = new("limit");

    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;
    private readonly TimeSpan _limit;
    private readonly TimeSpan _perHundred;
    private bool _wasClosed = true;

    /// <param name="limit">The time limit of a call for up to <see cref="StreamsAtOnce"/> streams.</param>
    /// <param name="perHundred">The additional time per further hundred. A fixed limit would count a large read as a
    /// failure.</param>
    public Dependency(string name, TimeSpan limit, TimeProvider time, ILogger logger, TimeSpan perHundred = default)
    {
        Name = name;
        _logger = logger;
        _limit = limit;
        _perHundred = perHundred;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = MinimumCalls,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = Pause,
                StateProvider = _circuit,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is not null && !args.Context.CancellationToken.IsCancellationRequested),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = limit, TimeoutGenerator = call => ValueTask.FromResult(call.Context.Properties.GetValue(LimitKey, limit)) })
            .Build();
    }

    public string Name { get; }

    /// <summary>True while it is not called.</summary>
    public bool IsOpen => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <param name="streams">The number of requested streams, on which the time limit depends.</param>
    /// <exception cref="DependencyAwayException">It failed, took too long, or is currently not called.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct, int streams = 1)
    {
        // Continues on the caller's context, because nothing here needs its own thread.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, ct);
        if (streams > StreamsAtOnce) context.Properties.Set(LimitKey, _limit + _perHundred * ((streams - 1) / StreamsAtOnce));
        try
        {
            // A call that ignores its cancellation token is abandoned, so that the limit holds anyway.
            return await _pipeline.ExecuteAsync(
                static (one, call) => new ValueTask<T>(call(one.CancellationToken).WaitAsync(one.CancellationToken)),
                context,
                call);
        }
        catch (BrokenCircuitException e)
        {
            throw new DependencyAwayException(Name, e);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(Name, e is TimeoutRejectedException ? "too slow" : e.Message);
            throw new DependencyAwayException(Name, e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            LogChange();
        }
    }

    private void LogChange()
    {
        var isClosed = _circuit.CircuitState == CircuitState.Closed;
        if (isClosed == Volatile.Read(ref _wasClosed)) return;
        if (Interlocked.Exchange(ref _wasClosed, isClosed) != isClosed) LogCircuit(Name, isClosed ? "closed" : "open");
    }

    [LoggerMessage(LogLevel.Warning, "{Dependency}: {Failure}")]
    private partial void LogFailed(string dependency, string failure);

    [LoggerMessage(LogLevel.Warning, "The circuit of {Dependency} is {State}.")]
    private partial void LogCircuit(string dependency, string state);
}
