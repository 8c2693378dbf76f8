using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ServerlessCqrs.QueryApi.Degradation;

/// <summary>
/// Something the service needs, called with a time limit and through a circuit breaker: once half of at least <see cref="MinimumCalls"/> calls within ten seconds have failed, it is not called for <see cref="Pause"/>,
/// then by one call at a time until one succeeds.
/// </summary>
public sealed partial class Dependency
{
    public const int MinimumCalls = 3;

    /// <summary>How long it is left alone. Short: a probe costs one request its time limit at worst.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;
    private bool _wasClosed = true;

    /// <param name="limit">How long a call may take.</param>
    public Dependency(string name, TimeSpan limit, TimeProvider time, ILogger logger)
    {
        Name = name;
        _logger = logger;
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
            .AddTimeout(new TimeoutStrategyOptions { Timeout = limit })
            .Build();
    }

    public string Name { get; }

    /// <summary>Whether it is left alone at this moment.</summary>
    public bool IsOpen => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <exception cref="DependencyAwayException">It failed, took too long, or is not called for now.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        // What follows goes on where the caller is: nothing here needs a thread of its own.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, ct);
        try
        {
            // A call that does not heed its token is left behind: the limit holds anyway.
            return await _pipeline.ExecuteAsync(async one => await call(one.CancellationToken).WaitAsync(one.CancellationToken), context);
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
        if (Interlocked.Exchange(ref _wasClosed, isClosed) != isClosed) LogCircuit(Name, isClosed ? "closed" : "open");
    }

    [LoggerMessage(LogLevel.Warning, "{Dependency}: {Failure}")]
    private partial void LogFailed(string dependency, string failure);

    [LoggerMessage(LogLevel.Warning, "The circuit of {Dependency} is {State}.")]
    private partial void LogCircuit(string dependency, string state);
}
