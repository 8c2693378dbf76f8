using System.Globalization;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// The event source mapping of a queue, with one loop per allowed concurrent invocation. It deletes messages that a
/// function handled. Others stay invisible for a while and are redelivered, until the queue's redrive policy makes them
/// dead letters. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
/// </summary>
public sealed class QueueMappingPoller(
    IMessageQueue queue,
    Topology.QueueMapping mapping,
    IInvoker function,
    MappingPace pace,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>SQS's maximum.</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ShortPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The number of characters after which a batch receives no more messages. With ten more of the largest messages of
    /// this system, the event stays below Lambda's 6 MB.
    /// </summary>
    private const int EnoughText = 4 * 1024 * 1024;

    /// <summary>
    /// Runs until <paramref name="stop"/>. Then waits for invocations in flight until <paramref name="abort"/>.
    /// </summary>
    public Task RunAsync(CancellationToken stop, CancellationToken abort) =>
        Task.WhenAll(Enumerable.Range(0, mapping.Concurrency).Select(_ => LoopAsync(stop, abort)));

    private async Task LoopAsync(CancellationToken stop, CancellationToken abort)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await GatherAsync(stop) is { Count: > 0 } batch)
                    await HandleAsync(batch, abort);
                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // whatever an emulator does while it dies and comes back, the queue is asked again
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (failures == 0)
                    log.LogWarning("{Queue} cannot be read and is tried again: {Message}", mapping.Source.Name, e.Message);
                await Pause.ForAsync(pace.RetryAfter(failures++), clock, stop);
            }
        }
    }

    /// <summary>
    /// Collects a batch until it is full or its window ends. One receive returns at most ten messages.
    /// </summary>
    private async Task<List<Message>> GatherAsync(CancellationToken stop)
    {
        var batch = new List<Message>(await queue.ReceiveAsync(mapping.BatchSize, LongPoll, stop));
        var since = clock.GetTimestamp();
        while (batch.Count > 0 && batch.Count < mapping.BatchSize && batch.Sum(message => message.Body.Length) < EnoughText && !stop.IsCancellationRequested)
        {
            var left = mapping.Window - clock.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
                break;
            if (left < TimeSpan.FromSeconds(1))
                await Pause.ForAsync(left < ShortPoll ? left : ShortPoll, clock, stop);
            if (!stop.IsCancellationRequested)
                batch.AddRange(await queue.ReceiveAsync(mapping.BatchSize - batch.Count, left, stop));
        }

        return [.. batch.DistinctBy(message => message.MessageId)];
    }

    private async Task HandleAsync(List<Message> batch, CancellationToken abort)
    {
        var payload = SqsEventJson.Write(batch, queue.Arn, AwsClients.Region);
        var failed = Failed(batch, await function.InvokeAsync(payload, abort));
        var handled = batch.Where(message => !failed.Contains(message.MessageId)).ToList();
        await queue.DeleteAsync(handled, abort);
        foreach (var group in batch.Except(handled).GroupBy(Receives))
            await queue.HideAsync([.. group], pace.HideAfter(group.Key, mapping.Source.VisibilityTimeout), abort);
    }

    private IReadOnlySet<string> Failed(List<Message> batch, InvocationResult result)
    {
        var ids = batch.Select(message => message.MessageId).ToHashSet();
        var (failed, reason) = result switch
        {
            InvocationResult.Failed error => (ids, $"{error.ErrorType}: {error.Message}"),
            InvocationResult.Answered answer => BatchReport.Read(answer.Payload, ids) switch
            {
                BatchReport.Handled => (new HashSet<string>(), ""),
                BatchReport.Malformed malformed => (ids, malformed.Reason),
                BatchReport.Partial partial => (partial.Ids, "It reported failures."),
                var other => throw new NotSupportedException(other.GetType().Name),
            },
            var other => throw new NotSupportedException(other.GetType().Name),
        };
        if (failed.Count > 0)
            log.LogWarning("{Function}: {Count} of {All} messages will be redelivered. {Reason}", function.Name, failed.Count, batch.Count, reason);
        return failed;
    }

    private static int Receives(Message message) =>
        message.Attributes is { } attributes && attributes.TryGetValue("ApproximateReceiveCount", out var count)
            ? int.Parse(count, CultureInfo.InvariantCulture)
            : 1;
}
