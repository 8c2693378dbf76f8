using System.Globalization;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

public sealed class QueueMappingSpecs
{
    private readonly FakeQueue _queue = new();

    [Fact]
    public async Task What_was_handled_is_deleted()
    {
        _queue.Put("a", "b");
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => _queue.Deleted.Count == 2);

        Assert.Equal(["a b"], function.Batches);
        Assert.Empty(_queue.Hidden);
    }

    [Fact]
    public async Task The_event_is_the_one_that_Lambda_sends()
    {
        _queue.Put("a");
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => _queue.Deleted.Count == 1);

        var record = Assert.Single(function.Events).GetProperty("Records")[0];
        Assert.Equal("aws:sqs", record.GetProperty("eventSource").GetString());
        Assert.Equal(_queue.Arn, record.GetProperty("eventSourceARN").GetString());
        Assert.Equal("body of a", record.GetProperty("body").GetString());
        Assert.Equal("1", record.GetProperty("attributes").GetProperty("ApproximateReceiveCount").GetString());
        Assert.Equal("1", record.GetProperty("messageAttributes").GetProperty("document").GetProperty("stringValue").GetString());
        Assert.Equal("String", record.GetProperty("messageAttributes").GetProperty("document").GetProperty("dataType").GetString());
    }

    [Fact]
    public async Task What_is_reported_as_failed_stays_and_the_rest_is_deleted()
    {
        _queue.Put("a", "b", "c");
        var function = new ScriptedFunction(_ => ScriptedFunction.Failed("b"));

        await RunAsync(function, until: () => _queue.Hidden.Count == 1);

        Assert.Equal(["a", "c"], _queue.Deleted);
        Assert.Equal(("b", TimeSpan.FromSeconds(1)), Assert.Single(_queue.Hidden));
    }

    [Fact]
    public async Task An_error_of_the_function_leaves_the_batch_whole()
    {
        _queue.Put("a", "b");

        await RunAsync(new ScriptedFunction(_ => ScriptedFunction.Threw), until: () => _queue.Hidden.Count == 2);

        Assert.Empty(_queue.Deleted);
    }

    [Fact]
    public async Task A_report_that_names_a_foreign_message_leaves_the_batch_whole()
    {
        _queue.Put("a", "b");

        await RunAsync(new ScriptedFunction(_ => ScriptedFunction.Failed("b", "z")), until: () => _queue.Hidden.Count == 2);

        Assert.Empty(_queue.Deleted);
    }

    [Fact]
    public async Task A_failed_message_hides_longer_each_time_but_never_longer_than_the_queue_says()
    {
        _queue.Put(receives: 3, "a");
        _queue.Put(receives: 9, "b");

        await RunAsync(new ScriptedFunction(_ => ScriptedFunction.Threw), until: () => _queue.Hidden.Count == 2);

        Assert.Equal([("a", TimeSpan.FromSeconds(9)), ("b", TimeSpan.FromSeconds(180))], _queue.Hidden.Order());
    }

    [Fact]
    public async Task A_batch_larger_than_a_receive_is_gathered_within_its_window()
    {
        _queue.Put([.. ScriptedFunction.Numbers(1, 25)]);
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => _queue.Deleted.Count == 25, batchSize: 25, window: TimeSpan.FromMinutes(1), concurrency: 1);

        Assert.Equal([string.Join(' ', ScriptedFunction.Numbers(1, 25))], function.Batches);
    }

    [Fact]
    public async Task Without_a_window_a_receive_is_a_batch()
    {
        _queue.Put([.. ScriptedFunction.Numbers(1, 12)]);
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => _queue.Deleted.Count == 12, concurrency: 1);

        Assert.Equal([10, 2], function.Batches.Select(batch => batch.Split(' ').Length));
    }

    [Fact]
    public async Task As_many_invocations_run_at_once_as_the_mapping_allows_and_no_more()
    {
        _queue.Put([.. ScriptedFunction.Numbers(1, 50)]);
        var running = 0;
        var most = 0;
        var three = new TaskCompletionSource();
        var function = new ScriptedFunction(async _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 3)
                three.TrySetResult();
            await three.Task;
            Interlocked.Decrement(ref running);
            return ScriptedFunction.Handled;
        });

        await RunAsync(function, until: () => _queue.Deleted.Count == 50, concurrency: 3);

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_queue_that_is_gone_for_a_while_is_asked_again()
    {
        _queue.FailNextReceive(new HttpRequestException("connection refused"));
        _queue.Put("a");

        await RunAsync(ScriptedFunction.ThatHandlesAll(), until: () => _queue.Deleted.Count == 1, concurrency: 1);
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (var seen = Volatile.Read(ref place); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref place, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    private async Task RunAsync(IInvoker function, Func<bool> until, int batchSize = 10, TimeSpan window = default, int concurrency = 2)
    {
        var queue = new Queue("q", new Topic("events"), "document", TimeSpan.Zero, VisibilityTimeout: TimeSpan.FromSeconds(180), MaxReceiveCount: 5);
        var pace = new MappingPace { FirstRetry = TimeSpan.FromMilliseconds(1) };
        var poller = new QueueMappingPoller(_queue, new QueueMapping(queue, batchSize, window, concurrency), function, pace, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var run = poller.RunAsync(stop.Token, stop.Token);
        await Waiting.UntilAsync(until, "the mapping");
        await stop.CancelAsync();
        await run;
    }

    private sealed class FakeQueue : IMessageQueue
    {
        private readonly Lock _gate = new();
        private readonly Queue<Message> _waiting = new();
        private readonly Queue<Exception> _faults = new();
        private readonly List<string> _deleted = [];
        private readonly List<(string Id, TimeSpan Time)> _hidden = [];

        public string Arn => "arn:aws:sqs:us-east-1:000000000000:q";

        public IReadOnlyList<string> Deleted => Locked(() => (string[])[.. _deleted]);

        public IReadOnlyList<(string Id, TimeSpan Time)> Hidden => Locked(() => ((string, TimeSpan)[])[.. _hidden]);

        public void Put(params string[] ids) => Put(1, ids);

        public void Put(int receives, params string[] ids) => Locked(() =>
        {
            foreach (var id in ids)
            {
                _waiting.Enqueue(new Message
                {
                    MessageId = id,
                    ReceiptHandle = $"handle of {id}",
                    Body = $"body of {id}",
                    MD5OfBody = "md5",
                    Attributes = new() { ["ApproximateReceiveCount"] = receives.ToString(CultureInfo.InvariantCulture), ["SentTimestamp"] = "0" },
                    MessageAttributes = new() { ["document"] = new MessageAttributeValue { DataType = "String", StringValue = "1" } },
                });
            }

            return true;
        });

        public void FailNextReceive(Exception fault) => _faults.Enqueue(fault);

        public async Task<IReadOnlyList<Message>> ReceiveAsync(int most, TimeSpan wait, CancellationToken ct)
        {
            while (true)
            {
                var got = Locked(() =>
                {
                    if (_faults.TryDequeue(out var fault))
                        throw fault;
                    return Enumerable.Range(0, Math.Min(Math.Min(most, 10), _waiting.Count)).Select(_ => _waiting.Dequeue()).ToList();
                });
                if (got.Count > 0)
                    return got;
                await Task.Delay(1, ct);
            }
        }

        public Task DeleteAsync(IReadOnlyList<Message> messages, CancellationToken ct)
        {
            Locked(() =>
            {
                _deleted.AddRange(messages.Select(message => message.MessageId));
                return true;
            });
            return Task.CompletedTask;
        }

        public Task HideAsync(IReadOnlyList<Message> messages, TimeSpan time, CancellationToken ct)
        {
            Locked(() =>
            {
                _hidden.AddRange(messages.Select(message => (message.MessageId, time)));
                return true;
            });
            return Task.CompletedTask;
        }

        private T Locked<T>(Func<T> work)
        {
            lock (_gate)
                return work();
        }
    }
}
