using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// Processes one batch of a shard, with retries until it succeeds. A batch that fails as a whole is bisected, and its
/// halves are tried in order. A partial failure is retried from the lowest failed sequence number. The checkpoint never
/// passes an unhandled record.
/// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
/// </summary>
internal sealed class StreamBatchRunner(
    string shardId,
    string streamArn,
    IInvoker function,
    CheckpointFile checkpoints,
    MappingPace pace,
    TimeProvider clock,
    ILogger log)
{
    /// <param name="batch">The records in the shard's order.</param>
    /// <param name="stop">Ends the retries. The rest is redelivered after the next start.</param>
    /// <param name="abort">Ends the wait for an invocation.</param>
    public async Task RunAsync(StreamRecord[] batch, CancellationToken stop, CancellationToken abort)
    {
        var parts = new Stack<ArraySegment<StreamRecord>>([batch]);
        var failures = 0;
        while (parts.Count > 0 && !stop.IsCancellationRequested)
        {
            var part = parts.Pop();
            var done = await InvokeAsync(part, abort);
            var (handled, isWhole) = (done.Handled, done.FailedWhole);
            if (handled > 0)
            {
                checkpoints.Advance(shardId, part[handled - 1].SequenceNumber);
                failures = 0;
            }

            if (handled == part.Count)
                continue;
            Push(parts, part[handled..], bisect: isWhole);
            log.LogWarning("{Function}: {Count} records of {Shard} are tried again. {Reason}", function.Name, part.Count - handled, shardId, done.Reason);
            await Pause.ForAsync(pace.RetryAfter(failures++), clock, stop);
        }
    }

    private static void Push(Stack<ArraySegment<StreamRecord>> parts, ArraySegment<StreamRecord> rest, bool bisect)
    {
        if (!bisect || rest.Count == 1)
        {
            parts.Push(rest);
            return;
        }

        var half = rest.Count / 2;
        parts.Push(rest[half..]);
        parts.Push(rest[..half]);
    }

    private async Task<(int Handled, bool FailedWhole, string Reason)> InvokeAsync(ArraySegment<StreamRecord> part, CancellationToken abort)
    {
        var payload = KinesisEventJson.Write(part, shardId, streamArn, AwsClients.Region);
        return await function.InvokeAsync(payload, abort) switch
        {
            InvocationResult.Failed failed => (0, true, $"{failed.ErrorType}: {failed.Message}"),
            InvocationResult.Answered answer => Judge(part, BatchReport.Read(answer.Payload, part.Select(record => record.SequenceNumber).ToHashSet())),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    private static (int Handled, bool FailedWhole, string Reason) Judge(ArraySegment<StreamRecord> part, BatchReport report) => report switch
    {
        BatchReport.Handled => (part.Count, false, ""),
        BatchReport.Malformed malformed => (0, true, malformed.Reason),
        BatchReport.Partial partial => (FirstOf(part, partial.Ids), false, "It reported a failure."),
        var other => throw new NotSupportedException(other.GetType().Name),
    };

    // A shard returns its records in the order of their sequence numbers, so the first failed one in the batch is the
    // lowest.
    private static int FirstOf(ArraySegment<StreamRecord> part, IReadOnlySet<string> failed) =>
        part.TakeWhile(record => !failed.Contains(record.SequenceNumber)).Count();
}
