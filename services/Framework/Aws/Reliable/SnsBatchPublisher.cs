using System.Text;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// Publishes messages until SNS has accepted each, or throws and says which it did not accept.
/// <para>
/// The calls follow the order of the messages, and each completes before the next one starts. Within a call only failed
/// messages are sent again, so they may arrive after later ones. Standard topics guarantee no order anyway.
/// </para>
/// Thread-safe. Source: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
/// </summary>
public sealed class SnsBatchPublisher(
    IAmazonSimpleNotificationService sns,
    Backoff? backoff = null,
    TimeProvider? time = null,
    Random? random = null)
{
    /// <summary>The maximum number of messages per call.</summary>
    public const int MaxEntries = 10;

    /// <summary>
    /// The maximum bytes per message and per call, including attributes. A topic can be configured for 1 MiB, and every
    /// topic accepts this.
    /// </summary>
    public const int MaxCallBytes = 256 * 1024;

    private readonly Backoff _backoff = backoff ?? Backoff.Default;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Random _random = random ?? Random.Shared;

    /// <param name="topicArn">The topic to publish to.</param>
    /// <param name="entries">Messages with distinct ids.</param>
    /// <returns>The message ids, in the order of the entries.</returns>
    /// <exception cref="ArgumentException">An id is missing or repeated, or a message is over 256 KiB. Nothing was
    /// sent.</exception>
    /// <exception cref="MessagesNotPublishedException">SNS refused a message as the sender's fault, a message failed in
    /// every attempt, or a whole call failed after the SDK's retries.</exception>
    public async Task<IReadOnlyList<PublishBatchResultEntry>> PublishAsync(
        string topicArn,
        IReadOnlyList<PublishBatchRequestEntry> entries,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Any(entry => string.IsNullOrEmpty(entry.Id)) || entries.DistinctBy(entry => entry.Id).Count() < entries.Count)
            throw new ArgumentException("Every entry needs an id that no other one has", nameof(entries));

        var published = new Dictionary<string, PublishBatchResultEntry>(StringComparer.Ordinal);
        // Splits everything before anything is sent, so that a message that is too long fails first.
        foreach (var call in Cut(entries).ToList())
        {
            var waiting = call;
            for (var attempt = 1; waiting.Count > 0; attempt++)
            {
                if (attempt > 1) await _backoff.WaitAsync(attempt - 1, _time, _random, cancellationToken);
                var refusals = await PublishOnceAsync(waiting);
                waiting = [.. waiting.Where(entry => !published.ContainsKey(entry.Id!))];

                if (refusals.Find(refusal => refusal.SenderFault == true) is { } fault)
                    throw NotPublished($"{fault.Id}: {fault.Code} {fault.Message}, the sender's fault");
                if (waiting.Count > 0 && attempt >= _backoff.Attempts)
                    throw NotPublished($"{refusals.FirstOrDefault()?.Code ?? "no answer"}, {attempt} attempts");
            }
        }

        return [.. entries.Select(entry => published[entry.Id!])];

        async Task<List<BatchResultErrorEntry>> PublishOnceAsync(List<PublishBatchRequestEntry> batch)
        {
            var request = new PublishBatchRequest { TopicArn = topicArn, PublishBatchRequestEntries = batch };
            try
            {
                var answer = await sns.PublishBatchAsync(request, cancellationToken);
                foreach (var taken in answer.Successful ?? []) published[taken.Id!] = taken;
                return answer.Failed ?? [];
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                throw NotPublished(e.Message, e);
            }
        }

        MessagesNotPublishedException NotPublished(string cause, Exception? inner = null) => new(topicArn, entries, published, cause, inner);
    }

    private static IEnumerable<List<PublishBatchRequestEntry>> Cut(IReadOnlyList<PublishBatchRequestEntry> entries)
    {
        List<PublishBatchRequestEntry> call = [];
        var bytes = 0L;
        foreach (var entry in entries)
        {
            var size = SizeOf(entry);
            if (size > MaxCallBytes) throw new ArgumentException($"Message {entry.Id} has {size} bytes with its attributes; it may have {MaxCallBytes}");
            if (call.Count == MaxEntries || bytes + size > MaxCallBytes)
            {
                yield return call;
                (call, bytes) = ([], 0);
            }

            call.Add(entry);
            bytes += size;
        }

        if (call.Count > 0) yield return call;
    }

    private static long SizeOf(PublishBatchRequestEntry entry) =>
        Utf8(entry.Message) + Utf8(entry.Subject) + (entry.MessageAttributes ?? []).Sum(attribute =>
            Utf8(attribute.Key) + Utf8(attribute.Value.DataType) + Utf8(attribute.Value.StringValue) + (attribute.Value.BinaryValue?.Length ?? 0));

    private static long Utf8(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
