using System.Text;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

public sealed class StreamMappingSpecs : IDisposable
{
    private static readonly CreatedStream Stream = new("arn:aws:kinesis:us-east-1:000000000000:stream/commands", DateTime.UnixEpoch);
    private readonly string _folder = Directory.CreateTempSubdirectory("mappings").FullName;
    private readonly FakeKinesis _kinesis = new("shard-1");

    private string CheckpointPath => Path.Combine(_folder, "mappings", "Scripted.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Records_come_in_order_in_batches_of_the_batch_size_at_most()
    {
        _kinesis.Put("shard-1", 1, 2, 3, 4, 5, 6, 7);
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "7", batchSize: 3);

        Assert.Equal(["1 2 3", "4 5 6", "7"], function.Batches);
    }

    [Fact]
    public async Task The_event_is_the_one_that_Lambda_sends()
    {
        _kinesis.Put("shard-1", "product-1", 0, 42);
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "42");

        var record = Assert.Single(function.Events).GetProperty("Records")[0];
        Assert.Equal("aws:kinesis", record.GetProperty("eventSource").GetString());
        Assert.Equal("shard-1:42", record.GetProperty("eventID").GetString());
        Assert.Equal(Stream.Arn, record.GetProperty("eventSourceARN").GetString());
        Assert.Equal("product-1", record.GetProperty("kinesis").GetProperty("partitionKey").GetString());
        Assert.Equal("42", Encoding.UTF8.GetString(record.GetProperty("kinesis").GetProperty("data").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Failing_batch_is_bisected_until_the_poison_is_alone()
    {
        _kinesis.Put("shard-1", 1, 2, 3, 4);
        var tries = 0;
        var function = new ScriptedFunction(batch => batch.Contains("3") && tries++ < 4 ? ScriptedFunction.Threw : ScriptedFunction.Handled);

        await RunAsync(function, until: () => After() == "4");

        Assert.Equal(["1 2 3 4", "1 2", "3 4", "3", "3", "3", "4"], function.Batches);
    }

    [Fact]
    public async Task A_partial_failure_is_tried_again_from_the_lowest_failed_record_on()
    {
        _kinesis.Put("shard-1", 1, 2, 3, 4, 5);
        var isFirst = true;
        var function = new ScriptedFunction(_ =>
        {
            var answer = isFirst ? ScriptedFunction.Failed("5", "3") : ScriptedFunction.Handled;
            isFirst = false;
            return answer;
        });

        await RunAsync(function, until: () => After() == "5");

        Assert.Equal(["1 2 3 4 5", "3 4 5"], function.Batches);
    }

    [Fact]
    public async Task A_report_that_names_no_record_of_the_batch_fails_it_whole()
    {
        _kinesis.Put("shard-1", 1, 2);
        var tries = 0;
        var function = new ScriptedFunction(_ => tries++ == 0 ? ScriptedFunction.Failed("99") : ScriptedFunction.Handled);

        await RunAsync(function, until: () => After() == "2");

        Assert.Equal(["1 2", "1", "2"], function.Batches);
    }

    [Fact]
    public async Task What_failed_is_not_passed_over_however_often_it_fails()
    {
        _kinesis.Put("shard-1", 1, 2);
        var tries = 0;
        var function = new ScriptedFunction(_ => ++tries <= 30 ? ScriptedFunction.Failed("1") : ScriptedFunction.Handled);

        await RunAsync(function, until: () => After() == "2");

        Assert.Equal(31, function.Batches.Count);
        Assert.All(function.Batches, batch => Assert.Equal("1 2", batch));
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_behind_what_was_done()
    {
        _kinesis.Put("shard-1", 1, 2);
        await RunAsync(ScriptedFunction.ThatHandlesAll(), until: () => After() == "2");
        _kinesis.Put("shard-1", 3);
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "3");

        Assert.Equal(["3"], function.Batches);
        Assert.Equal(["TRIM_HORIZON", "AFTER_SEQUENCE_NUMBER 2"], _kinesis.Iterators);
    }

    [Fact]
    public async Task What_was_under_way_at_a_stop_comes_again()
    {
        _kinesis.Put("shard-1", 1, 2);
        var asked = new TaskCompletionSource();
        var hanging = new ScriptedFunction(async _ =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite);
            return ScriptedFunction.Handled;
        });
        await RunAsync(hanging, until: () => asked.Task.IsCompleted);
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "2");

        Assert.Equal(["1 2"], function.Batches);
    }

    [Fact]
    public async Task A_lost_checkpoint_begins_the_stream_anew()
    {
        _kinesis.Put("shard-1", 1, 2);
        await RunAsync(ScriptedFunction.ThatHandlesAll(), until: () => After() == "2");
        await File.WriteAllTextAsync(CheckpointPath, "{");
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "2");

        Assert.Equal(["1 2"], function.Batches);
    }

    [Fact]
    public async Task A_checkpoint_of_a_stream_that_was_created_anew_does_not_count()
    {
        _kinesis.Put("shard-1", 1, 2);
        await RunAsync(ScriptedFunction.ThatHandlesAll(), until: () => After() == "2");

        var recreated = CheckpointFile.Open(CheckpointPath, Stream with { CreatedAt = DateTime.UnixEpoch.AddHours(1) }, NullLogger.Instance);

        Assert.Null(recreated.After("shard-1"));
    }

    [Fact]
    public async Task A_checkpoint_that_the_shard_does_not_know_begins_it_anew()
    {
        _kinesis.Put("shard-1", 1);
        Open().Advance("shard-1", "77");
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "1");

        Assert.Equal(["1"], function.Batches);
    }

    [Fact]
    public async Task An_expired_iterator_and_an_emulator_that_is_gone_for_a_while_lose_nothing()
    {
        _kinesis.Put("shard-1", 1, 2);
        _kinesis.FailNextRead(new HttpRequestException("connection refused"));
        _kinesis.FailNextRead(new ExpiredIteratorException("5 minutes"));
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "2");

        Assert.Equal(["1 2"], function.Batches);
    }

    [Fact]
    public async Task A_shard_waits_for_its_parent()
    {
        _kinesis.AddShard("child", parent: "shard-1");
        _kinesis.Put("shard-1", 1, 2, 3);
        _kinesis.Put("child", 4);
        _kinesis.Close("shard-1");
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After("child") == "4", batchSize: 1);

        Assert.Equal(["1", "2", "3", "4"], function.Batches);
        Assert.True(Open().IsFinished("shard-1"));
    }

    [Fact]
    public async Task Shards_run_side_by_side_and_one_that_is_stuck_holds_up_no_other()
    {
        _kinesis.AddShard("shard-2");
        _kinesis.Put("shard-1", 1);
        _kinesis.Put("shard-2", 2, 3);
        var function = new ScriptedFunction(batch => batch.Contains("1") ? ScriptedFunction.Threw : ScriptedFunction.Handled);

        await RunAsync(function, until: () => After("shard-2") == "3" && function.Batches.Count(batch => batch == "1") > 2);

        Assert.Null(After("shard-1"));
    }

    [Fact]
    public async Task A_batch_is_6_MB_at_most()
    {
        _kinesis.Put("shard-1", "key", 1024 * 1024, 1, 2, 3, 4, 5, 6);
        var function = ScriptedFunction.ThatHandlesAll();

        await RunAsync(function, until: () => After() == "6");

        Assert.Equal(["1 2 3 4", "5 6"], function.Batches);
    }

    [Fact]
    public async Task A_window_gathers_what_comes_until_the_batch_is_full()
    {
        _kinesis.Put("shard-1", 1);
        var function = ScriptedFunction.ThatHandlesAll();
        var run = RunAsync(function, until: () => After() == "3", batchSize: 3, window: TimeSpan.FromMinutes(5));
        await Waiting.UntilAsync(() => _kinesis.Iterators.Count > 0, "the first look");

        _kinesis.Put("shard-1", 2);
        _kinesis.Put("shard-1", 3);
        await run;

        Assert.Equal(["1 2 3"], function.Batches);
    }

    private CheckpointFile Open() => CheckpointFile.Open(CheckpointPath, Stream, NullLogger.Instance);

    // Reads the file, and not the memory of a running mapping.
    private string? After(string shard = "shard-1") => File.Exists(CheckpointPath) ? Open().After(shard) : null;

    private async Task RunAsync(IInvoker function, Func<bool> until, int batchSize = 100, TimeSpan window = default)
    {
        var pace = new MappingPace
        {
            IdleShard = TimeSpan.FromMilliseconds(1),
            NewShards = TimeSpan.FromMilliseconds(5),
            FirstRetry = TimeSpan.FromMilliseconds(1),
            LongestRetry = TimeSpan.FromMilliseconds(2),
        };
        var mapping = new StreamMapping(new EventStream("commands", 1, TimeSpan.FromDays(1)), batchSize, window);
        var poller = new StreamMappingPoller(_kinesis, Stream, mapping, function, Open(), pace, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var run = poller.RunAsync(stop.Token, stop.Token);
        await Waiting.UntilAsync(until, "the mapping");
        await stop.CancelAsync();
        await run;
    }
}
