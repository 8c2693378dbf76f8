using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.DeadLetters;

/// <summary>Dead letters in SQS, with the attributes that <see cref="EventStore.Following.SqsDeadLetters"/> writes.</summary>
/// <param name="events">Reads the letters' bodies.</param>
internal sealed class SqsLetterQueue(IAmazonSQS sqs, string name, string queueUrl, string deadLettersUrl, WireContracts events) : ILetterQueue
{
    /// <summary>The visibility timeout: long enough to redrive some ten thousand letters.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    // SQS's quota for one batch call.
    private const int Batch = 10;

    public string Name => name;

    public async IAsyncEnumerable<Letter> TakeAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // A wait of one second queries all SQS servers (long polling): an empty response means that no message is left.
        var request = new ReceiveMessageRequest(deadLettersUrl)
        {
            MaxNumberOfMessages = Batch,
            WaitTimeSeconds = 1,
            VisibilityTimeout = (int)Hold.TotalSeconds,
            MessageAttributeNames = ["All"],
        };
        while ((await sqs.ReceiveMessageAsync(request, ct)).Messages is { Count: > 0 } messages)
            foreach (var message in messages) yield return Read(message);
    }

    public async Task ReleaseAsync(IReadOnlyCollection<Letter> letters, CancellationToken ct)
    {
        foreach (var chunk in letters.Chunk(Batch))
        {
            await sqs.ChangeMessageVisibilityBatchAsync(
                new ChangeMessageVisibilityBatchRequest(deadLettersUrl, [.. chunk.Select((letter, i) => new ChangeMessageVisibilityBatchRequestEntry { Id = $"{i}", ReceiptHandle = letter.Receipt, VisibilityTimeout = 0 })]),
                ct);
        }
    }

    public Task SendBackAsync(Letter letter, CancellationToken ct) => sqs.SendMessageAsync(new SendMessageRequest(queueUrl, letter.Body), ct);

    public Task DeleteAsync(Letter letter, CancellationToken ct) => sqs.DeleteMessageAsync(deadLettersUrl, letter.Receipt, ct);

    private Letter Read(Message message) => new(
        message.MessageId,
        name,
        message.ReceiptHandle,
        message.Body,
        Letter.Read(events, message.Body),
        Attribute(message, "function"),
        DateTimeOffset.TryParse(Attribute(message, "failedAt"), CultureInfo.InvariantCulture, out var at) ? at : null,
        Attribute(message, "reason"),
        Attribute(message, "stack"));

    private static string? Attribute(Message message, string name) => message.MessageAttributes?.GetValueOrDefault(name)?.StringValue;
}
