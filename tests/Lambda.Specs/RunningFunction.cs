using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>A function in this process, with its own Runtime API.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    private readonly TaskCompletionSource<IHostApplicationLifetime> _lifetime = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningFunction(FakeRuntimeApi api, Action<IServiceCollection> register)
    {
        Api = api;
        ExitCode = Task.Run(() => FunctionHost.RunAsync(api.Args, builder =>
        {
            register(builder.Services);
            builder.Services.AddHostedService(services => new LifetimeProbe(services.GetRequiredService<IHostApplicationLifetime>(), _lifetime));
        }));
    }

    public FakeRuntimeApi Api { get; }

    public Task<int> ExitCode { get; }

    public static async Task<RunningFunction> StartAsync(Action<IServiceCollection> register) => new(await FakeRuntimeApi.StartAsync(), register);

    public static Task<RunningFunction> StartAsync(KinesisFunction handle) => StartAsync(s => s.AddSingleton<IKinesisBatchHandler>(new Kinesis(handle)));

    public static Task<RunningFunction> StartAsync(SqsFunction handle) => StartAsync(s => s.AddSingleton<ISqsBatchHandler>(new Sqs(handle)));

    /// <summary>Stops the function like SIGTERM.</summary>
    public async Task TellToStopAsync() => (await _lifetime.Task.WaitAsync(FakeRuntimeApi.Patience)).StopApplication();

    public async Task<int> StopAsync()
    {
        await TellToStopAsync();
        return await ExitCode.WaitAsync(FakeRuntimeApi.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!ExitCode.IsCompleted) await StopAsync();
        await Api.DisposeAsync();
    }

    internal delegate Task<string?> KinesisFunction(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct);

    internal delegate Task<IReadOnlyCollection<string>> SqsFunction(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct);

    private sealed class Kinesis(KinesisFunction handle) : IKinesisBatchHandler
    {
        public Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct) => handle(records, context, ct);
    }

    private sealed class Sqs(SqsFunction handle) : ISqsBatchHandler
    {
        public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) => handle(messages, context, ct);
    }

    private sealed class LifetimeProbe(IHostApplicationLifetime lifetime, TaskCompletionSource<IHostApplicationLifetime> found) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            found.SetResult(lifetime);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
