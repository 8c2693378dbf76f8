using System.Globalization;
using Amazon.SimpleNotificationService.Model;
using ServerlessCqrs.Aws.Reliable;

namespace ServerlessCqrs.Aws.Specs.Reliable;

public sealed class SnsBatchPublisherSpecs
{
    private static readonly BatchResultErrorEntry s_topicsFault = new() { Code = "InternalError", SenderFault = false };
    private static readonly BatchResultErrorEntry s_sendersFault = new() { Code = "InvalidParameter", SenderFault = true };

    private readonly InstantTime _time = new();

    [Fact]
    public async Task Messages_go_ten_a_call_in_their_order()
    {
        var sns = new FakeSns();

        var results = await Publisher(sns).PublishAsync("t", Entries(12));

        Assert.Equal(["0 1 2 3 4 5 6 7 8 9", "10 11"], sns.Calls);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"m-{n}"), results.Select(result => result.MessageId));
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_call_holds_at_most_256_KiB_attributes_included()
    {
        var sns = new FakeSns();
        PublishBatchRequestEntry[] entries = [.. Entries(3).Select(entry => new PublishBatchRequestEntry
        {
            Id = entry.Id,
            // Two bytes a letter, and 16 bytes of attribute: exactly half a call.
            Message = new string('ä', 128 * 1024 / 2 - 8),
            MessageAttributes = new() { ["kind"] = new() { DataType = "String", StringValue = "sorted" } },
        })];

        await Publisher(sns).PublishAsync("t", entries);

        Assert.Equal(["0 1", "2"], sns.Calls);
    }

    [Fact]
    public async Task A_message_over_256_KiB_is_refused_before_anything_is_sent()
    {
        var sns = new FakeSns();

        await Assert.ThrowsAsync<ArgumentException>(() => Publisher(sns).PublishAsync("t", [.. Entries(11), new() { Id = "long", Message = new string('a', 256 * 1024 + 1) }]));

        Assert.Empty(sns.Calls);
    }

    [Fact]
    public async Task Ids_must_be_distinct()
    {
        var sns = new FakeSns();

        await Assert.ThrowsAsync<ArgumentException>(() => Publisher(sns).PublishAsync("t", [.. Entries(11), .. Entries(1)]));

        Assert.Empty(sns.Calls);
    }

    [Fact]
    public async Task Only_what_failed_is_sent_again_and_before_the_next_call()
    {
        var sns = new FakeSns((call, id) => call == 0 && id is "3" or "5" ? s_topicsFault : null);

        var results = await Publisher(sns).PublishAsync("t", Entries(11));

        Assert.Equal(["0 1 2 3 4 5 6 7 8 9", "3 5", "10"], sns.Calls);
        Assert.Equal(11, results.Count);
        Assert.Single(_time.Waits);
    }

    [Fact]
    public async Task A_message_that_is_the_senders_fault_is_not_sent_again()
    {
        var sns = new FakeSns((_, id) => id == "1" ? s_sendersFault : null);

        var failure = await Assert.ThrowsAsync<MessagesNotPublishedException>(() => Publisher(sns).PublishAsync("t", Entries(11)));

        Assert.Equal(["1", "10"], failure.Unpublished);
        Assert.Contains("InvalidParameter", failure.Message);
        Assert.Single(sns.Calls);
    }

    [Fact]
    public async Task What_is_never_taken_is_named_with_all_that_waited_behind_it()
    {
        var sns = new FakeSns((_, id) => id == "1" ? s_topicsFault : null);

        var failure = await Assert.ThrowsAsync<MessagesNotPublishedException>(() => Publisher(sns).PublishAsync("t", Entries(11)));

        Assert.Equal(["1", "10"], failure.Unpublished);
        Assert.Equal("Topic t did not take 2 of 11 messages (InternalError, 3 attempts)", failure.Message);
        Assert.Equal(["0 1 2 3 4 5 6 7 8 9", "1", "1"], sns.Calls);
    }

    [Fact]
    public async Task A_call_that_fails_whole_tells_what_was_taken_before()
    {
        var cause = new NotFoundException("no such topic");
        var sns = new FakeSns((call, _) => call == 1 ? throw cause : null);

        var failure = await Assert.ThrowsAsync<MessagesNotPublishedException>(() => Publisher(sns).PublishAsync("t", Entries(11)));

        Assert.Same(cause, failure.InnerException);
        Assert.Equal(["10"], failure.Unpublished);
    }

    [Fact]
    public async Task A_cancelled_publication_ends_as_cancelled()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Publisher(new FakeSns()).PublishAsync("t", Entries(1), new(canceled: true)));
    }

    private SnsBatchPublisher Publisher(FakeSns sns) =>
        new(sns, new(Attempts: 3, First: TimeSpan.FromMilliseconds(100), Longest: TimeSpan.FromSeconds(1)), _time);

    private static PublishBatchRequestEntry[] Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(n => new PublishBatchRequestEntry { Id = n.ToString(CultureInfo.InvariantCulture), Message = "x" })];
}
