using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// Plays Lambda for a topology: every function in its own processes on the Runtime API, fed by its mapping under the rules that hold on AWS.
/// It has as many instances as its mapping has invocations at once; what reads a queue starts with one, and the others
/// when they are needed.
/// </summary>
public sealed class LambdaPlayer : IAsyncDisposable
{
    /// <summary>What invocations in flight get to finish at the stop; a function that is cut off gets its batch again at the next start.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    /// <summary>A machine needs no more. AWS starts as many as there are events at once.</summary>
    private const int MostForSockets = 2;

    private readonly LambdaPlayerOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly Dictionary<Function, LambdaFunction> _functions;
    private readonly List<FunctionInstance> _instances;
    private readonly Dictionary<Function, ConcurrentQueue<FunctionInstance>> _later;
    private readonly ConcurrentBag<Task> _launches = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private RuntimeApi? _api;
    private Task _mappings = Task.CompletedTask;

    private LambdaPlayer(LambdaPlayerOptions options, ILoggerFactory logs)
    {
        (_options, _logs) = (options, logs);
        _functions = options.Functions.ToDictionary(function => function, function => new LambdaFunction(function.Name, function.Timeout));
        _instances = [.. options.Functions.SelectMany(Instances)];
        _later = options.Functions.Where(function => function.Mapping is QueueMapping).ToDictionary(
            function => function,
            function => new ConcurrentQueue<FunctionInstance>(_instances.Where(instance => instance.Function == _functions[function]).Skip(1)));
    }

    /// <summary>The processes that run now, by name: <c>EventsToMail</c>, <c>EventsToMail-2</c>.</summary>
    public IReadOnlyDictionary<string, int> Processes =>
        _instances.Where(instance => instance.Process?.Pid > 0).ToDictionary(instance => instance.Name, instance => instance.Process!.Pid);

    /// <summary>Returns when the first instances wait for work and the mappings read.</summary>
    public static async Task<LambdaPlayer> StartAsync(LambdaPlayerOptions options, ILoggerFactory logs, CancellationToken ct)
    {
        var player = new LambdaPlayer(options, logs);
        try
        {
            player._api = await RuntimeApi.StartAsync(player._instances, logs, ct);
            await Task.WhenAll(player._instances.Except(player._later.Values.SelectMany(later => later)).Select(instance => player.LaunchAsync(instance, ct)));
            foreach (var function in player._later.Keys)
                player._functions[function].NeedsInstance = () => player.LaunchOneMore(function);
            player._mappings = Task.WhenAll(options.Functions.Select(function => Task.Run(() => player.RunMappingAsync(function), CancellationToken.None)));
            return player;
        }
        catch
        {
            await player.DisposeAsync();
            throw;
        }
    }

    /// <summary>Invokes a function of the topology by hand, as a schedule or a test does.</summary>
    public IInvoker Invoker(Function function) => _functions[function];

    /// <summary>Reads no more, lets the invocations in flight finish for a while, and ends the processes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _abort.CancelAfter(Drain);
        await _mappings;
        if (_abort.IsCancellationRequested)
        {
            _logs.CreateLogger<LambdaPlayer>().LogWarning("A function was still at work after {Seconds} s and is ended", Drain.TotalSeconds);
        }

        await Task.WhenAll(_launches);
        await Task.WhenAll(_instances.Select(instance => instance.Process?.DisposeAsync().AsTask() ?? Task.CompletedTask));
        if (_api is not null)
            await _api.DisposeAsync();
        _stop.Dispose();
        _abort.Dispose();
    }

    private IEnumerable<FunctionInstance> Instances(Function function)
    {
        var count = function.Mapping switch
        {
            StreamMapping stream => stream.Source.Shards,
            QueueMapping queue => queue.Concurrency + Math.Min(function.SocketEvents, MostForSockets),
            ScheduleMapping => 1,
            var other => throw new NotSupportedException(other.GetType().Name),
        };
        for (var i = 1; i <= count; i++)
        {
            var name = i == 1 ? function.Name : $"{function.Name}-{i}";
            yield return new FunctionInstance(name, _functions[function], _options.Clock, _logs.CreateLogger(function.Name));
        }
    }

    private void LaunchOneMore(Function function)
    {
        if (!_stop.IsCancellationRequested && _later[function].TryDequeue(out var instance))
            _launches.Add(LaunchLaterAsync(function, instance));
    }

    private async Task LaunchLaterAsync(Function function, FunctionInstance instance)
    {
        try
        {
            await LaunchAsync(instance, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is ProcessFailedException or IOException or UnauthorizedAccessException)
        {
            _logs.CreateLogger(function.Name).LogError("{Instance} could not be started: {Reason}", instance.Name, e.Message);
            _later[function].Enqueue(instance);
        }
    }

    private async Task LaunchAsync(FunctionInstance instance, CancellationToken ct)
    {
        var function = _functions.Single(pair => pair.Value == instance.Function).Key;
        var environment = new Dictionary<string, string>(_options.Environment)
        {
            ["AWS_LAMBDA_RUNTIME_API"] = _api!.AuthorityOf(instance),
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = $"{function.MemoryMb}",
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        };
        foreach (var (name, value) in _options.Settings.Resolve(function.Environment))
            environment[name] = value;
        var launch = _options.Place.Launch(function, instance.Name, environment, _ => Task.FromResult(instance.IsUp));
        instance.Process = await _options.Launcher.LaunchAsync(launch, ct);
    }

    private Task RunMappingAsync(Function function)
    {
        var log = _logs.CreateLogger(function.Name);
        return function.Mapping switch
        {
            StreamMapping mapping => Poller(function, mapping, log).RunAsync(_stop.Token, _abort.Token),
            QueueMapping mapping => Poller(function, mapping, log).RunAsync(_stop.Token, _abort.Token),
            ScheduleMapping mapping => new ScheduleClock(mapping, _functions[function], _options.Clock, log).RunAsync(_stop.Token, _abort.Token),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    private StreamMappingPoller Poller(Function function, StreamMapping mapping, ILogger log)
    {
        var stream = _options.Resources.Streams[mapping.Source.Name];
        var checkpoints = CheckpointFile.Open(Path.Combine(_options.DataFolder, "mappings", $"{function.Name}.json"), stream, log);
        return new(_options.Aws.Kinesis, stream, mapping, _functions[function], checkpoints, _options.Pace, _options.Clock, log);
    }

    private QueueMappingPoller Poller(Function function, QueueMapping mapping, ILogger log)
    {
        var queue = new SqsQueue(_options.Aws.Sqs, _options.Resources.Queues[mapping.Source.Name]);
        return new(queue, mapping, _functions[function], _options.Pace, _options.Clock, log);
    }
}
