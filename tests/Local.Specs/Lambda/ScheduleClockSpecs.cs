using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

public sealed class ScheduleClockSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
    private readonly RecordingLogger _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TickedFunction _function = new();
    private Task _run = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        _run = new ScheduleClock(new ScheduleMapping(TimeSpan.FromHours(1), EveryHere: Every), _function, _time, _log).RunAsync(_stop.Token, _stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    [Fact]
    public async Task A_function_is_invoked_once_a_period_the_first_time_after_one()
    {
        _time.Advance(Every - TimeSpan.FromSeconds(1));
        Assert.Empty(_function.Events);

        _time.Advance(TimeSpan.FromSeconds(1));
        await InvokedAsync(1);
        _function.End();
        _time.Advance(Every);
        await InvokedAsync(2);
    }

    [Fact]
    public async Task The_event_is_the_one_that_EventBridge_sends()
    {
        _time.Advance(Every);
        await InvokedAsync(1);

        var tick = _function.Events[0];
        Assert.Equal("aws.events", tick.GetProperty("source").GetString());
        Assert.Equal("Scheduled Event", tick.GetProperty("detail-type").GetString());
        Assert.Equal("2026-11-24T10:05:00Z", tick.GetProperty("time").GetString());
        Assert.Equal("arn:aws:events:us-east-1:123456789012:rule/Ticked", tick.GetProperty("resources")[0].GetString());
    }

    [Fact]
    public async Task No_two_invocations_are_at_work_at_once_and_the_ticks_missed_meanwhile_are_one()
    {
        _time.Advance(Every);
        await InvokedAsync(1);

        _time.Advance(Every);
        _time.Advance(Every);
        _time.Advance(Every);
        Assert.Single(_function.Events);

        _function.End();
        await InvokedAsync(2);
        _function.End();
        _time.Advance(Every);
        await InvokedAsync(3);
        Assert.Equal(["10:05:00Z", "10:20:00Z", "10:25:00Z"], _function.Events.Select(tick => tick.GetProperty("time").GetString()![11..]));
    }

    [Fact]
    public async Task A_tick_that_fails_is_told_and_the_next_one_comes_in_its_time()
    {
        _time.Advance(Every);
        await InvokedAsync(1);
        _function.End(new InvocationResult.Failed("TooLate", "boom"));
        await _log.LineWithAsync("TooLate: boom");
        Assert.Single(_function.Events);

        _time.Advance(Every);
        await InvokedAsync(2);
    }

    private Task InvokedAsync(int times) => Waiting.UntilAsync(() => _function.Events.Count == times, $"invocation {times}");

    /// <summary>Works until the test stops it.</summary>
    private sealed class TickedFunction : IInvoker
    {
        private readonly Lock _gate = new();
        private readonly List<JsonElement> _events = [];
        private TaskCompletionSource<InvocationResult> _work = new();

        public string Name => "Ticked";

        public IReadOnlyList<JsonElement> Events
        {
            get
            {
                lock (_gate)
                    return [.. _events];
            }
        }

        public void End(InvocationResult? result = null)
        {
            lock (_gate)
                _work.SetResult(result ?? new InvocationResult.Answered("{}"u8.ToArray()));
        }

        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
        {
            lock (_gate)
            {
                _events.Add(JsonDocument.Parse(payload.ToArray()).RootElement);
                _work = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
                return _work.Task.WaitAsync(ct);
            }
        }
    }
}
