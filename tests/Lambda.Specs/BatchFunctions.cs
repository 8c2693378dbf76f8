using Microsoft.Extensions.DependencyInjection;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>How a handler's result or exception becomes a response to Lambda.</summary>
public sealed class BatchFunctions
{
    [Fact]
    public async Task A_kinesis_batch_that_is_done_is_reported_without_failures()
    {
        List<KinesisRecord> seen = [];
        InvocationContext? invocation = null;
        await using var function = await RunningFunction.StartAsync((records, context, _) =>
        {
            seen.AddRange(records);
            invocation = context;
            return Task.FromResult<string?>(null);
        });

        var answer = await function.Api.InvokeAsync(Golden.Kinesis);

        Assert.Equal((false, """{"batchItemFailures":[]}"""), (answer.IsError, answer.Text));
        Assert.Equal(2, seen.Count);
        Assert.Equal(("request-1", "arn:aws:lambda:us-east-1:123456789012:function:sample", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700"),
            (invocation!.RequestId, invocation.FunctionArn, invocation.TraceId));
        Assert.InRange(invocation.Deadline - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_first_failed_record_of_a_shard_is_reported()
    {
        await using var function = await RunningFunction.StartAsync((records, _, _) => Task.FromResult<string?>(records[1].SequenceNumber));
        var answer = await function.Api.InvokeAsync(Golden.Kinesis);
        Assert.Equal((false, """{"batchItemFailures":[{"itemIdentifier":"49590338271490256608559692540925702759324208523137515618"}]}"""), (answer.IsError, answer.Text));
    }

    [Fact]
    public async Task A_sequence_number_that_is_not_in_the_batch_fails_the_invocation()
    {
        await using var function = await RunningFunction.StartAsync((RunningFunction.KinesisFunction)((_, _, _) => Task.FromResult<string?>("12")));
        var answer = await function.Api.InvokeAsync(Golden.Kinesis);
        Assert.True(answer.IsError);
        Assert.Contains("'12', which is not in the batch", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_failed_messages_of_a_queue_are_reported_once_each()
    {
        await using var function = await RunningFunction.StartAsync((messages, _, _) => Task.FromResult<IReadOnlyCollection<string>>([messages[1].MessageId, messages[1].MessageId]));
        var answer = await function.Api.InvokeAsync(Golden.Sqs);
        Assert.Equal((false, """{"batchItemFailures":[{"itemIdentifier":"2e1424d4-f796-459a-8184-9c92662be6da"}]}"""), (answer.IsError, answer.Text));
    }

    [Theory]
    [InlineData("another")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_message_id_that_is_not_in_the_batch_fails_the_invocation(string? id)
    {
        await using var function = await RunningFunction.StartAsync((messages, _, _) => Task.FromResult<IReadOnlyCollection<string>>([messages[0].MessageId, id!]));
        var answer = await function.Api.InvokeAsync(Golden.Sqs);
        Assert.True(answer.IsError);
        Assert.Contains($"'{id}', which is not in the batch", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_handler_throws_is_the_invocations_error_and_the_next_one_is_taken()
    {
        var calls = 0;
        await using var function = await RunningFunction.StartAsync((RunningFunction.KinesisFunction)((_, _, _) =>
            ++calls == 1 ? throw new TimeoutException("The table is throttled.") : Task.FromResult<string?>(null)));

        var first = await function.Api.InvokeAsync(Golden.Kinesis);
        var second = await function.Api.InvokeAsync(Golden.Kinesis);

        Assert.Equal((true, "TimeoutException", "The table is throttled."), (first.IsError, first.ErrorType, first.ErrorMessage));
        Assert.False(second.IsError);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"Records":[]}""")]
    [InlineData("""{"Records":[{"eventSource":"aws:dynamodb"}]}""")]
    [InlineData("""{"source":"aws.events"}""")]
    [InlineData("""null""")]
    [InlineData("""{"Records":""")]
    public async Task An_event_that_the_function_does_not_know_fails_the_invocation(string payload)
    {
        await using var function = await RunningFunction.StartAsync((RunningFunction.KinesisFunction)((_, _, _) => Task.FromResult<string?>(null)));
        var answer = await function.Api.InvokeAsync(payload);
        Assert.True(answer.IsError, answer.Text);
    }

    [Fact]
    public async Task A_queues_event_fails_in_a_function_for_a_stream()
    {
        await using var function = await RunningFunction.StartAsync((RunningFunction.KinesisFunction)((_, _, _) => Task.FromResult<string?>(null)));
        var answer = await function.Api.InvokeAsync(Golden.Sqs);
        Assert.Equal((true, nameof(UnknownEventException)), (answer.IsError, answer.ErrorType));
    }

    [Fact]
    public async Task A_schedules_tick_goes_to_its_handler()
    {
        var handler = new Ticks();
        await using var function = await RunningFunction.StartAsync(services => services.AddSingleton<IScheduledHandler>(handler));

        Assert.False((await function.Api.InvokeAsync(Golden.Scheduled)).IsError);
        Assert.False((await function.Api.InvokeAsync("""{"source":"aws.events"}""")).IsError);

        Assert.Equal(
            [new("arn:aws:events:us-east-2:123456789012:rule/my-schedule", DateTimeOffset.Parse("2019-03-01T01:23:45Z", null)), new(null, null)],
            handler.Seen);
    }

    private sealed class Ticks : IScheduledHandler
    {
        public List<ScheduledEvent> Seen { get; } = [];

        public Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct)
        {
            Seen.Add(tick);
            return Task.CompletedTask;
        }
    }
}
