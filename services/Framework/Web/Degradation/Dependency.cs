using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>
/// Something the service needs, called with a time limit and through a circuit breaker: once half of at least <see cref="MinimumCalls"/> calls within ten seconds have failed, it is not called for <see cref="Pause"/>,
/// then by one call at a time until one succeeds.
/// </summary>
public sealed partial class Dependency
{
    public const int MinimumCalls = 3;

    /// <summary>How long it is left alone. Short: a probe costs one request its time limit at worst.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>As many keys as one read of the tips takes (BatchGetItem's quota).</summary>
    public const int StreamsAtOnce = 100;

    private static readonly ResiliencePropertyKey<TimeSpan> LimitKey = new("limit");

    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;
    private readonly TimeSpan _limit;
    private readonly TimeSpan _perHundred;
    private bool _wasClosed = true;

    /// <param name="limit">How long a call may take that asks for up to <see cref="StreamsAtOnce"/> streams.</param>
    /// <param name="perHundred">How much longer a call may take for each hundred more. A fixed limit would count a large read as a failure.</param>
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

    /// <summary>Whether it is left alone at this moment.</summary>
    public bool IsOpen => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <param name="streams">How many streams the call asks for: the time limit grows with them.</param>
    /// <exception cref="DependencyAwayException">It failed, took too long, or is not called for now.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct, int streams = 1)
    {
        // What follows goes on where the caller is: nothing here needs a thread of its own.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, ct);
        if (streams > StreamsAtOnce) context.Properties.Set(LimitKey, _limit + _perHundred * ((streams - 1) / StreamsAtOnce));
        try
        {
            // A call that does not heed its token is left behind: the limit holds anyway.
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
