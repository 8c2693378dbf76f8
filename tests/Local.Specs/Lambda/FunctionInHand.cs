using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Lambda;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

/// <summary>A function whose instances' runtimes the test plays itself, over HTTP.</summary>
internal sealed class FunctionInHand : IAsyncDisposable
{
    private readonly RuntimeApi _api;
    private readonly List<HttpClient> _clients = [];

    private FunctionInHand(LambdaFunction function, FunctionInstance[] instances, FakeProcess[] processes, RuntimeApi api)
    {
        (Function, Processes, _api) = (function, processes, api);
        foreach (var instance in instances)
            _clients.Add(new HttpClient { BaseAddress = new Uri($"http://{api.AuthorityOf(instance)}/2018-06-01/runtime/") });
    }

    public LambdaFunction Function { get; }

    public FakeProcess[] Processes { get; }

    public static async Task<FunctionInHand> StartAsync(int instances = 1, TimeSpan? timeout = null, TimeProvider? clock = null)
    {
        var function = new LambdaFunction("Weigh", timeout ?? TimeSpan.FromSeconds(30));
        var processes = Enumerable.Range(1, instances).Select(i => new FakeProcess { Pid = 100 * i }).ToArray();
        var all = processes.Select((process, i) => new FunctionInstance($"Weigh-{i}", function, clock ?? TimeProvider.System, NullLogger.Instance) { Process = process }).ToArray();
        return new FunctionInHand(function, all, processes, await RuntimeApi.StartAsync(all, NullLoggerFactory.Instance, default));
    }

    /// <summary>Requests the next invocation, like a runtime.</summary>
    public Task<HttpResponseMessage> NextAsync(int instance = 0, CancellationToken ct = default) => _clients[instance].GetAsync("invocation/next", ct);

    public Task<HttpResponseMessage> PostAsync(string path, string body, int instance = 0) => _clients[instance].PostAsync(path, new StringContent(body));

    public Task<InvocationResult> InvokeAsync(string payload = "{}") => Function.InvokeAsync(System.Text.Encoding.UTF8.GetBytes(payload), default);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _api.DisposeAsync();
    }
}

internal sealed class FakeProcess : IProgramProcess
{
    private int _kills;

    public int Pid { get; set; }

    public int Kills => Volatile.Read(ref _kills);

    public void Kill() => Interlocked.Increment(ref _kills);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal static class InvocationAnswers
{
    public static string RequestId(this HttpResponseMessage next) => next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
}
