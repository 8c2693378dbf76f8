using Amazon.SimpleEmailV2;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>A mail is never sent twice, whatever fails in between, and a mail in doubt is reported.</summary>
public sealed class OnceSpecs : IDisposable
{
    private static readonly MailRefusedException Throttle = new("Slower.", new AmazonSimpleEmailServiceV2Exception("TooManyRequestsException"), RefusalKind.Throttled);
    private static readonly MailRefusedException Refusal = new("No.", new AmazonSimpleEmailServiceV2Exception("SendingPausedException"), RefusalKind.Temporary);
    private static readonly MailRefusedException NoSuchAddress = new("SES refused a mail: BadRequestException.", new AmazonSimpleEmailServiceV2Exception("BadRequestException"), RefusalKind.Permanent);

    private readonly Town _town = new();

    public void Dispose() => _town.Dispose();

    [Fact]
    public async Task A_message_that_is_delivered_again_sends_nothing_again()
    {
        var fall = await FallAsync("anna", "ben");

        for (var i = 0; i < 3; i++) Assert.True(await _town.DeliverAsync(fall));

        Assert.Equal(2, _town.Post.Sent.Count);
        Assert.Empty(_town.Log.Warnings);
    }

    [Fact]
    public async Task Two_deliveries_at_once_send_once_and_the_second_comes_again()
    {
        var fall = await FallAsync("anna");
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        _town.Post.Before = _ =>
        {
            begun.SetResult();
            return gate.Task;
        };

        var first = _town.DeliverAsync(fall);
        await begun.Task;
        Assert.False(await _town.DeliverAsync(fall));
        gate.SetResult();

        Assert.True(await first);
        Assert.True(await _town.DeliverAsync(fall));
        Assert.Single(_town.Post.Sent);
    }

    [Fact]
    public async Task A_delivery_does_not_take_a_mail_for_sent_that_another_is_about_to_be_refused()
    {
        var fall = await FallAsync("anna");
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        _town.Post.Before = async _ =>
        {
            begun.SetResult();
            await gate.Task;
            throw new MailRefusedException("SES refused it.", new IOException(), RefusalKind.Temporary);
        };

        var first = _town.DeliverAsync(fall);
        await begun.Task;
        var second = await _town.DeliverAsync(fall);
        gate.SetResult();
        Assert.False(await first || second);

        _town.Post.Before = _ => Task.CompletedTask;
        Assert.True(await _town.DeliverAsync(fall));
        Assert.Single(_town.Post.Sent);
    }

    [Fact]
    public async Task Mail_that_is_refused_for_good_is_recorded_and_tried_once()
    {
        var fall = await FallAsync("anna", "ben");
        var tries = 0;
        _town.Post.Before = mail =>
        {
            if (!mail.To.StartsWith("anna", StringComparison.Ordinal)) return Task.CompletedTask;
            tries++;
            throw NoSuchAddress;
        };

        for (var i = 0; i < 3; i++) Assert.True(await _town.DeliverAsync(fall));

        Assert.Equal(1, tries);
        Assert.StartsWith("ben", Assert.Single(_town.Post.Sent).To, StringComparison.Ordinal);
        Assert.Contains("undeliverable", Assert.Single(_town.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_is_refused_for_a_time_is_sent_later()
    {
        var fall = await FallAsync("anna");
        _town.Post.Before = _ => throw Refusal;
        Assert.False(await _town.DeliverAsync(fall));
        _town.Post.Before = _ => Task.CompletedTask;

        Assert.True(await _town.DeliverAsync(fall));

        Assert.Single(_town.Post.Sent);
    }

    [Fact]
    public async Task A_crash_between_claim_and_sending_leaves_the_mail_unknown_and_unsent()
    {
        var fall = await FallAsync("anna");
        var died = new TaskCompletionSource();
        _town.Post.Before = _ => ForeverAfter(died);
        _ = _town.DeliverAsync(fall);
        await died.Task;
        _town.Post.Before = _ => Task.CompletedTask;
        _town.Clock.Advance(MailOnce.InFlight);

        Assert.True(await _town.DeliverAsync(fall));

        Assert.Empty(_town.Post.Sent);
        Assert.Contains("never confirmed", Assert.Single(_town.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_between_sending_and_confirmation_sends_no_second_mail()
    {
        var fall = await FallAsync("anna");
        var died = new TaskCompletionSource();
        _town.Claims.BeforeConfirm = () => ForeverAfter(died);
        _ = _town.DeliverAsync(fall);
        await died.Task;
        _town.Claims.BeforeConfirm = () => Task.CompletedTask;
        _town.Clock.Advance(MailOnce.InFlight);

        Assert.True(await _town.DeliverAsync(fall));

        Assert.Single(_town.Post.Sent);
        Assert.Single(_town.Log.Warnings);
    }

    [Trait("Guarantee", "SNS → EventsToMail: a mail that may have been sent is listed, and never sent again")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mail_in_doubt_is_listed_and_never_sent_again(bool accepted)
    {
        var fall = await FallAsync("anna");
        Func<Mail, Task> cut = _ => throw new IOException("The connection was cut.");
        if (accepted) _town.Post.After = cut;
        else _town.Post.Before = cut;

        Assert.True(await _town.DeliverAsync(fall));
        (_town.Post.Before, _town.Post.After) = (_ => Task.CompletedTask, _ => Task.CompletedTask);
        _town.Clock.Advance(MailOnce.InFlight);
        Assert.True(await _town.DeliverAsync(fall));

        Assert.Equal(accepted ? 1 : 0, _town.Post.Sent.Count);
        Assert.Equal(2, _town.Log.Warnings.Count(line => line.Contains($"{fall.EventId}/anna", StringComparison.Ordinal)));
        Assert.DoesNotContain(_town.Log.Warnings, line => line.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_confirmation_that_cannot_be_recorded_sends_no_second_mail()
    {
        var fall = await FallAsync("anna");
        _town.Claims.BeforeConfirm = () => throw new IOException("DynamoDB is unavailable.");

        Assert.True(await _town.DeliverAsync(fall));
        _town.Clock.Advance(MailOnce.InFlight);
        Assert.True(await _town.DeliverAsync(fall));

        Assert.Single(_town.Post.Sent);
    }

    [Fact]
    public async Task Without_a_claim_nothing_is_sent_and_the_message_comes_again()
    {
        var fall = await FallAsync("anna");
        _town.Claims.BeforeClaim = () => throw new IOException("DynamoDB is unavailable.");
        Assert.False(await _town.DeliverAsync(fall));
        Assert.Empty(_town.Post.Sent);

        _town.Claims.BeforeClaim = () => Task.CompletedTask;
        Assert.True(await _town.DeliverAsync(fall));

        Assert.Single(_town.Post.Sent);
    }

    [Fact]
    public async Task A_mail_that_is_throttled_is_sent_when_there_is_room()
    {
        var fall = await FallAsync("anna");
        var refusals = 3;
        _town.Post.Before = _ => refusals-- > 0 ? throw Throttle : Task.CompletedTask;

        Assert.True(await _town.DeliverAsync(fall));

        Assert.Single(_town.Post.Sent);
    }

    [Fact]
    public async Task A_mail_that_stays_throttled_comes_again()
    {
        var fall = await FallAsync("anna");
        _town.Post.Before = _ => throw Throttle;
        Assert.False(await _town.DeliverAsync(fall));

        _town.Post.Before = _ => Task.CompletedTask;
        Assert.True(await _town.DeliverAsync(fall));

        Assert.Single(_town.Post.Sent);
        Assert.Empty(_town.Log.Warnings);
    }

    [Fact]
    public async Task Refused_mail_becomes_a_dead_letter_and_the_others_are_sent_once()
    {
        var fall = await FallAsync("anna", "ben", "cleo");
        _town.Post.Before = mail => mail.To.StartsWith("ben", StringComparison.Ordinal) ? throw Refusal : Task.CompletedTask;

        Assert.False(await _town.DeliverAsync(EventMessage.Write([fall], []), receives: 4));
        Assert.True(await _town.DeliverAsync(EventMessage.Write([fall], []), receives: 5));

        var letter = Assert.Single(_town.Letters.Put);
        Assert.Equal((ProductStreams.IdOf(Town.Product), Refusal), (letter.Stream, letter.Reason));
        Assert.Equal(["anna@example.com", "cleo@example.com"], _town.Post.Sent.Select(mail => mail.To).Order());

        _town.Post.Before = _ => Task.CompletedTask;
        Assert.True(await _town.DeliverAsync(letter.Body));
        Assert.Equal(["anna@example.com", "ben@example.com", "cleo@example.com"], _town.Post.Sent.Select(mail => mail.To).Order());
    }

    [Fact]
    public async Task What_is_not_begun_by_the_deadline_comes_again_and_each_is_sent_once()
    {
        var customers = Enumerable.Range(0, 100).Select(n => $"customer-{n}").ToArray();
        var fall = await FallAsync(customers);
        _town.Post.Before = _ =>
        {
            _town.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        };

        var deliveries = 1;
        while (!await _town.DeliverAsync(fall)) deliveries++;

        var perDelivery = TimeSpan.FromMinutes(1) - MailBatchHandler.Margin;
        Assert.InRange(deliveries, 2, 1 + (int)(100 / perDelivery.TotalSeconds));
        Assert.Equal(customers.Select(customer => $"{customer}@example.com").Order(), _town.Post.Sent.Select(mail => mail.To).Order());
    }

    /// <summary>Never completes, like a process that crashed here.</summary>
    private static Task ForeverAfter(TaskCompletionSource here)
    {
        here.SetResult();
        return new TaskCompletionSource().Task;
    }

    private async Task<ServerlessCqrs.EventStore.EventRecord> FallAsync(params string[] watchers)
    {
        await _town.CreateAsync();
        foreach (var watcher in watchers) await _town.WatchAsync(watcher);
        return await _town.PriceAsync(80);
    }
}
