using Microsoft.Extensions.DependencyInjection;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>How a function starts, runs out of time, and ends.</summary>
public sealed class FunctionLifetime
{
    [Theory]
    [InlineData(1_000, 900)]
    [InlineData(5_000, 4_500)]
    [InlineData(60_000, 59_000)]
    public async Task Handler_is_cancelled_before_its_deadline_and_the_invocation_fails(int timeMs, int cancelledAfterMs)
    {
        var clock = new ManualClock(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
        await using var function = await RunningFunction.StartAsync(services => services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IScheduledHandler, NeverDone>());

        var invocation = function.Api.InvokeAsync(Golden.Scheduled, deadline: clock.GetUtcNow().AddMilliseconds(timeMs));
        var timer = await clock.FirstTimer;
        Assert.Equal(TimeSpan.FromMilliseconds(cancelledAfterMs), timer.DueTime);
        timer.Fire();

        var answer = await invocation;
        Assert.Equal((true, "DeadlineExceeded"), (answer.IsError, answer.ErrorType));
        Assert.Contains("was cancelled before its deadline", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handlers_own_exception_at_the_deadline_is_named_with_it()
    {
        await using var function = await RunningFunction.StartAsync(async (IReadOnlyList<KinesisRecord> _, InvocationContext _, CancellationToken ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            throw new IOException("The insert was cut off.");
        });
        var answer = await function.Api.InvokeAsync(Golden.Kinesis, deadline: DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal("DeadlineExceeded", answer.ErrorType);
        Assert.Contains("The insert was cut off.", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_is_past_cancels_at_once()
    {
        await using var function = await RunningFunction.StartAsync(async (IReadOnlyList<KinesisRecord> _, InvocationContext _, CancellationToken ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return null;
        });
        Assert.Equal("DeadlineExceeded", (await function.Api.InvokeAsync(Golden.Kinesis, deadline: DateTimeOffset.UtcNow.AddSeconds(-1))).ErrorType);
    }

    [Fact]
    public async Task A_deadline_beyond_any_timer_is_no_deadline()
    {
        await using var function = await RunningFunction.StartAsync((RunningFunction.KinesisFunction)((_, _, _) => Task.FromResult<string?>(null)));
        Assert.False((await function.Api.InvokeAsync(Golden.Kinesis, deadline: DateTimeOffset.UtcNow.AddDays(10_000))).IsError);
    }

    [Fact]
    public async Task A_handler_may_still_report_what_it_finished_when_its_time_is_up()
    {
        await using var function = await RunningFunction.StartAsync(async (IReadOnlyList<KinesisRecord> records, InvocationContext _, CancellationToken ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            return records[1].SequenceNumber;
        });
        var answer = await function.Api.InvokeAsync(Golden.Kinesis, deadline: DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.False(answer.IsError);
        Assert.Contains("49590338271490256608559692540925702759324208523137515618", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_to_stop_while_idle_it_ends_at_once_with_0()
    {
        await using var function = await RunningFunction.StartAsync((RunningFunction.KinesisFunction)((_, _, _) => Task.FromResult<string?>(null)));
        await function.Api.Polled;
        Assert.Equal(0, await function.StopAsync());
    }

    [Fact]
    public async Task Told_to_stop_it_finishes_the_invocation_in_flight()
    {
        TaskCompletionSource entered = new(), proceed = new();
        await using var function = await RunningFunction.StartAsync(async (IReadOnlyList<KinesisRecord> _, InvocationContext _, CancellationToken _) =>
        {
            entered.SetResult();
            await proceed.Task;
            return null;
        });
        var answer = function.Api.InvokeAsync(Golden.Kinesis);
        await entered.Task;

        await function.TellToStopAsync();
        proceed.SetResult();

        Assert.Equal("""{"batchItemFailures":[]}""", (await answer).Text);
        Assert.Equal(0, await function.ExitCode.WaitAsync(FakeRuntimeApi.Patience));
    }

    [Fact]
    public async Task Told_to_stop_it_cancels_an_invocation_that_takes_too_long_and_fails_it()
    {
        var entered = new TaskCompletionSource();
        await using var function = await RunningFunction.StartAsync(async (IReadOnlyList<KinesisRecord> _, InvocationContext _, CancellationToken ct) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return null;
        });
        var answer = function.Api.InvokeAsync(Golden.Kinesis);
        await entered.Task;

        Assert.Equal(0, await function.StopAsync());
        Assert.Equal((true, "ShuttingDown"), ((await answer).IsError, (await answer).ErrorType));
    }

    [Fact]
    public async Task Without_the_runtime_api_it_ends_with_1()
    {
        await using var function = await RunningFunction.StartAsync((RunningFunction.KinesisFunction)((_, _, _) => Task.FromResult<string?>(null)));
        await function.Api.Polled;
        await function.Api.DisposeAsync();
        Assert.Equal(1, await function.ExitCode.WaitAsync(FakeRuntimeApi.Patience));
    }

    [Fact]
    public async Task What_hinders_the_start_is_reported_as_the_init_error()
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        var exitCode = await FunctionHost.RunAsync(api.Args, _ => throw new InvalidOperationException("No table is configured."));
        var error = await api.InitError;
        Assert.Equal((1, "InvalidOperationException", "No table is configured."), (exitCode, error.ErrorType, error.ErrorMessage));
    }

    [Fact]
    public async Task A_handler_whose_parts_are_missing_is_an_init_error()
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        var exitCode = await FunctionHost.RunAsync(api.Args, builder => builder.Services.AddSingleton<IScheduledHandler, NeedsAPart>());
        Assert.Equal(1, exitCode);
        Assert.Contains(nameof(IDisposable), (await api.InitError).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_without_a_handler_is_an_init_error()
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        var exitCode = await FunctionHost.RunAsync(api.Args, _ => { });
        Assert.Equal(1, exitCode);
        Assert.Contains("registers no IKinesisBatchHandler", (await api.InitError).ErrorMessage, StringComparison.Ordinal);
    }

    private sealed class NeverDone : IScheduledHandler
    {
        public Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, ct);
    }

    private sealed class NeedsAPart(IDisposable part) : IScheduledHandler
    {
        public Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct)
        {
            part.Dispose();
            return Task.CompletedTask;
        }
    }
}
