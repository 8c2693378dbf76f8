using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.LocalRuntime.Lambda;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

public sealed class RuntimeApiSpecs
{
    [Fact]
    public async Task An_invocation_goes_to_the_runtime_that_asks_and_its_answer_comes_back()
    {
        await using var function = await FunctionInHand.StartAsync();
        var invocation = function.InvokeAsync("""{"a":1}""");

        using var next = await function.NextAsync();
        Assert.Equal("""{"a":1}""", await next.Content.ReadAsStringAsync());
        using var accepted = await function.PostAsync($"invocation/{next.RequestId()}/response", "\"done\"");

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var answer = Assert.IsType<InvocationResult.Answered>(await invocation);
        Assert.Equal("\"done\"", Encoding.UTF8.GetString(answer.Payload.Span));
    }

    [Fact]
    public async Task Function_needs_an_instance_when_an_invocation_finds_all_at_work()
    {
        var function = new LambdaFunction("Weigh", TimeSpan.FromSeconds(30));
        var needed = 0;
        function.NeedsInstance = () => needed++;
        var idle = function.TakeAsync(TestContext.Current.CancellationToken);

        _ = function.InvokeAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(0, needed);
        await idle;
        _ = function.InvokeAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(1, needed);
    }

    [Fact]
    public async Task An_invocation_tells_its_deadline_and_its_function()
    {
        await using var function = await FunctionInHand.StartAsync(timeout: TimeSpan.FromSeconds(30));
        _ = function.InvokeAsync();
        var before = DateTimeOffset.UtcNow;

        using var next = await function.NextAsync();

        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(next.Headers.GetValues("Lambda-Runtime-Deadline-Ms").Single(), CultureInfo.InvariantCulture));
        Assert.InRange(deadline, before.AddSeconds(29.9), DateTimeOffset.UtcNow.AddSeconds(30.1));
        Assert.EndsWith(":function:Weigh", next.Headers.GetValues("Lambda-Runtime-Invoked-Function-Arn").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_two_invocations_goes_to_an_instance_of_its_own()
    {
        await using var function = await FunctionInHand.StartAsync(instances: 2);
        var asked = new[] { function.NextAsync(0), function.NextAsync(1) };

        _ = function.InvokeAsync("1");
        _ = function.InvokeAsync("2");

        var got = await Task.WhenAll(asked);
        var payloads = await Task.WhenAll(got.Select(next => next.Content.ReadAsStringAsync()));
        Assert.Equal(["1", "2"], payloads.Order());
    }

    [Fact]
    public async Task An_error_of_the_function_fails_the_invocation_with_its_type_and_message()
    {
        await using var function = await FunctionInHand.StartAsync();
        var invocation = function.InvokeAsync();

        using var next = await function.NextAsync();
        using var accepted = await function.PostAsync($"invocation/{next.RequestId()}/error", """{"errorMessage":"no scale","errorType":"ScaleException","stackTrace":[]}""");

        Assert.Equal(new InvocationResult.Failed("ScaleException", "no scale"), await invocation);
    }

    [Fact]
    public async Task A_process_that_dies_in_the_middle_fails_its_invocation_at_once()
    {
        await using var function = await FunctionInHand.StartAsync();
        var invocation = function.InvokeAsync();
        using var next = await function.NextAsync();

        function.Processes[0].Pid = 0;

        Assert.Equal("Runtime.ExitError", Assert.IsType<InvocationResult.Failed>(await invocation).ErrorType);
        Assert.Equal(0, function.Processes[0].Kills);
    }

    [Fact]
    public async Task A_runtime_that_asks_again_has_lost_the_invocation_it_had()
    {
        await using var function = await FunctionInHand.StartAsync();
        var invocation = function.InvokeAsync();
        using var next = await function.NextAsync();

        using var over = new CancellationTokenSource();
        var again = function.NextAsync(ct: over.Token);

        Assert.Equal("Runtime.ExitError", Assert.IsType<InvocationResult.Failed>(await invocation).ErrorType);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);
    }

    [Fact]
    public async Task An_invocation_that_passes_its_timeout_fails_and_its_process_is_killed()
    {
        await using var function = await FunctionInHand.StartAsync(timeout: TimeSpan.FromMilliseconds(200));
        var invocation = function.InvokeAsync();
        using var next = await function.NextAsync();

        var failed = Assert.IsType<InvocationResult.Failed>(await invocation);

        Assert.Equal("Sandbox.Timedout", failed.ErrorType);
        Assert.Contains("Task timed out after 0.20 seconds", failed.Message, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => function.Processes[0].Kills == 1, "the process to be killed");
    }

    [Fact]
    public async Task Time_spent_waiting_for_a_free_instance_does_not_count_against_the_timeout()
    {
        var clock = new FakeTimeProvider();
        await using var function = await FunctionInHand.StartAsync(timeout: TimeSpan.FromSeconds(1), clock: clock);
        var first = function.InvokeAsync("1");
        var second = function.InvokeAsync("2");
        using var next = await function.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.IsType<InvocationResult.Failed>(await first);

        using var after = await function.NextAsync();
        using var accepted = await function.PostAsync($"invocation/{after.RequestId()}/response", "null");

        Assert.Equal("2", await after.Content.ReadAsStringAsync());
        Assert.IsType<InvocationResult.Answered>(await second);
    }

    [Fact]
    public async Task A_late_answer_is_refused()
    {
        await using var function = await FunctionInHand.StartAsync(timeout: TimeSpan.FromMilliseconds(50));
        var invocation = function.InvokeAsync();
        using var next = await function.NextAsync();
        await invocation;

        using var refused = await function.PostAsync($"invocation/{next.RequestId()}/response", "null");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("InvalidRequestID", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_beyond_6_MB_is_refused_and_the_error_that_follows_is_taken()
    {
        await using var function = await FunctionInHand.StartAsync();
        var invocation = function.InvokeAsync();
        using var next = await function.NextAsync();

        using var refused = await function.PostAsync($"invocation/{next.RequestId()}/response", new string('x', 6 * 1024 * 1024 + 101));
        using var accepted = await function.PostAsync($"invocation/{next.RequestId()}/error", """{"errorType":"ResponseTooLarge","errorMessage":""}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("ResponseTooLarge", Assert.IsType<InvocationResult.Failed>(await invocation).ErrorType);
    }

    [Fact]
    public async Task An_invocation_whose_caller_left_is_not_handed_over()
    {
        await using var function = await FunctionInHand.StartAsync();
        using var left = new CancellationTokenSource();
        var first = function.Function.InvokeAsync("1"u8.ToArray(), left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _ = function.InvokeAsync("2");

        using var next = await function.NextAsync();

        Assert.Equal("2", await next.Content.ReadAsStringAsync());
    }
}
