using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// Writes records to one Kinesis stream until each is acknowledged, or throws and says which were not.
/// <para>
/// A PutRecords call can fail in part, and a failed record does not stop those behind it. Once record 2 of a key is on
/// the stream, record 1 can no longer precede it. So a call never contains two records of one partition key. A record
/// is sent after the one before it of its key is acknowledged. Only failed records are sent again.
/// </para>
/// <para>
/// Thread-safe. Two simultaneous calls of <see cref="WriteAsync"/> have no order. A record may be stored twice if a
/// response was lost and the SDK retried. So consumers must recognize duplicates.
/// </para>
/// Source: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
/// </summary>
public sealed class KinesisRecordWriter(
    IAmazonKinesis kinesis,
    string streamName,
    RecordOrder order = RecordOrder.PerPartitionKey,
    Backoff? backoff = null,
    TimeProvider? time = null,
    Random? random = null)
{
    /// <summary>The maximum number of records per call.</summary>
    public const int MaxRecords = 500;

    /// <summary>
    /// The maximum bytes per call, including partition keys. Some streams accept 10 MiB, and every stream accepts this.
    /// </summary>
    public const int MaxCallBytes = 5 * 1024 * 1024;

    /// <summary>
    /// The maximum bytes per record, including its partition key. A stream can be configured for 10 MiB, and every
    /// stream accepts this.
    /// </summary>
    public const int MaxRecordBytes = 1024 * 1024;

    private readonly Backoff _backoff = backoff ?? Backoff.Default;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Random _random = random ?? Random.Shared;

    /// <returns>Shard and sequence number of each record, in the order of the records.</returns>
    /// <exception cref="ArgumentException">A record has no partition key or is over 1 MiB. Nothing was sent.</exception>
    /// <exception cref="RecordsNotAcknowledgedException">A record failed in every attempt, or a whole call failed after
    /// the SDK's retries.</exception>
    public async Task<IReadOnlyList<PutRecordsResultEntry>> WriteAsync(
        IReadOnlyList<PutRecordsRequestEntry> records,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        int[] sizes = [.. records.Select(SizeOf)];
        var failures = new int[records.Count];
        var results = new PutRecordsResultEntry?[records.Count];
        List<int> waiting = [.. Enumerable.Range(0, records.Count)];

        while (waiting.Count > 0)
        {
            var call = NextCall(records, sizes, waiting);
            var answers = await PutAsync(records, call, results, cancellationToken);
            foreach (var (index, answer) in call.Zip(answers))
            {
                if (answer is { ErrorCode: null, SequenceNumber: not null }) results[index] = answer;
                else failures[index]++;
            }

            waiting.RemoveAll(index => results[index] is not null);
            var failed = call.Where(index => results[index] is null).ToList();
            if (failed.Count == 0) continue;

            var worst = failed.Max(index => failures[index]);
            if (worst >= _backoff.Attempts)
            {
                var reason = answers.First(answer => answer.SequenceNumber is null).ErrorCode;
                throw new RecordsNotAcknowledgedException(streamName, results, $"{reason}, {worst} attempts");
            }

            await _backoff.WaitAsync(worst, _time, _random, cancellationToken);
        }

        return results!;
    }

    /// <summary>
    /// Returns the first waiting records that fit into a call. If order matters, only the first of each partition key.
    /// </summary>
    private List<int> NextCall(IReadOnlyList<PutRecordsRequestEntry> records, int[] sizes, List<int> waiting)
    {
        List<int> call = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var index in waiting)
        {
            if (order == RecordOrder.PerPartitionKey && !keys.Add(records[index].PartitionKey!)) continue;
            if (call.Count == MaxRecords || bytes + sizes[index] > MaxCallBytes) break;
            bytes += sizes[index];
            call.Add(index);
        }

        return call;
    }

    private async Task<List<PutRecordsResultEntry>> PutAsync(
        IReadOnlyList<PutRecordsRequestEntry> records,
        List<int> call,
        PutRecordsResultEntry?[] results,
        CancellationToken cancellationToken)
    {
        var request = new PutRecordsRequest { StreamName = streamName, Records = [.. call.Select(index => records[index])] };
        try
        {
            var answers = (await kinesis.PutRecordsAsync(request, cancellationToken)).Records ?? [];
            return answers.Count == call.Count
                ? answers
                : throw new InvalidDataException($"{answers.Count} answers to {call.Count} records");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RecordsNotAcknowledgedException(streamName, results, e.Message, e);
        }
    }

    private static int SizeOf(PutRecordsRequestEntry record, int index)
    {
        if (string.IsNullOrEmpty(record.PartitionKey)) throw new ArgumentException($"Record {index} has no partition key");

        var size = Encoding.UTF8.GetByteCount(record.PartitionKey) + (record.Data?.Length ?? 0);
        return size <= MaxRecordBytes
            ? (int)size
            : throw new ArgumentException($"Record {index} has {size} bytes with its partition key; a record may have {MaxRecordBytes}");
    }
}
