using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Specs.EventsToReadModels;

public sealed class SqsDeadLettersSpecs : IDisposable
{
    private readonly RecordingSqs _sqs = new();

    [Fact]
    public async Task A_dead_letter_says_what_failed_where_when_and_why()
    {
        var stream = StreamId.Parse("product-1");

        await PutAsync(new DeadLetter("{}", stream, new InvalidOperationException("It cannot be.")));

        var sent = Assert.Single(_sqs.Sent);
        Assert.Equal(("queue", "{}"), (sent.QueueUrl, sent.MessageBody));
        Assert.Equal(
            [("failedAt", "2026-01-02T03:04:05.0000000Z"), ("function", "EventsToReadModels"), ("reason", "System.InvalidOperationException: It cannot be."), ("stack", "System.InvalidOperationException"), ("stream", "product-1")],
            sent.MessageAttributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value.StringValue)));
    }

    [Fact]
    public async Task Stack_shows_where_error_and_cause_were_thrown_without_other_messages()
    {
        await PutAsync(new DeadLetter("{}", null, Assert.Throws<InvalidOperationException>(Fail)));

        var stack = Assert.Single(_sqs.Sent).MessageAttributes["stack"].StringValue;
        Assert.StartsWith("System.FormatException", stack, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", stack, StringComparison.Ordinal);
        Assert.Contains(nameof(Parse), stack, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), stack, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@example.com", stack, StringComparison.Ordinal);

        static void Fail()
        {
            try
            {
                Parse("anna@example.com");
            }
            catch (FormatException e)
            {
                throw new InvalidOperationException("It cannot be.", e);
            }
        }

        static void Parse(string text) => throw new FormatException(text);
    }

    [Fact]
    public async Task A_reason_is_at_most_a_kilobyte_of_text_that_SQS_takes()
    {
        await PutAsync(new DeadLetter("{", null, new IOException("\0\u0001\uFFFF" + string.Concat(Enumerable.Repeat("größe 🎧", 500)))));

        var attributes = Assert.Single(_sqs.Sent).MessageAttributes;
        var reason = attributes["reason"].StringValue;
        Assert.InRange(Encoding.UTF8.GetByteCount(reason), 1020, 1024);
        Assert.StartsWith("System.IO.IOException: \uFFFD\uFFFD\uFFFDgröße 🎧", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("stream", attributes.Keys);
    }

    public void Dispose() => _sqs.Dispose();

    private Task PutAsync(DeadLetter letter) =>
        new SqsDeadLetters(_sqs, "queue", "EventsToReadModels", new FixedTime()).PutAsync(letter, TestContext.Current.CancellationToken);

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }

    private sealed class RecordingSqs() : AmazonSQSClient(new AnonymousAWSCredentials(), Amazon.RegionEndpoint.USEast1)
    {
        public List<SendMessageRequest> Sent { get; } = [];

        public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
        {
            Sent.Add(request);
            return Task.FromResult(new SendMessageResponse());
        }
    }
}
