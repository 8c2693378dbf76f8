using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventsToMail.Occasions;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail;

/// <summary>Mails everybody whom an event concerns, each once, at the address that the customer has at that moment. Who was erased or deactivated gets nothing.</summary>
public sealed partial class Mailer(
    IEnumerable<IOccasions> kinds,
    Addressees addressees,
    MailOnce mailOnce,
    TimeProvider clock,
    ILogger<Mailer> log)
{
    // SES gives a new account 14 mails a second; one call takes some 50 ms.
    private const int MailsAtOnce = 8;

    // Eight at once, some 25 ms for a look at one that was sent: not half of an invocation.
    private const int SurelyLookedThrough = 5_000;

    /// <summary>Begins no mail from <paramref name="stopAt"/> on. The streams with a mail that was refused, or not begun, and why.</summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> MailAsync(IReadOnlyList<StreamBatch> streams, DateTimeOffset stopAt, CancellationToken ct)
    {
        var errors = new ConcurrentDictionary<StreamId, Exception>();
        List<StreamBatch> readable = [.. streams.Where(batch => IsReadable(batch, errors))];
        List<Occasion> found = [];
        foreach (var kind in kinds)
        {
            var (occasions, unread) = await kind.FindAsync(readable, ct);
            found.AddRange(occasions);
            foreach (var (stream, reason) in unread) errors[stream] = reason;
        }

        // Few recipients first: they need not wait behind a product that thousands watch.
        var runs = found.OrderBy(occasion => occasion.Recipients.Count).Select(occasion => (Occasion: occasion, Fates: new ConcurrentBag<MailFate>())).ToList();
        await Parallel.ForEachAsync(
            runs.SelectMany(run => InTurn(run.Occasion.Recipients, stopAt).Select(recipient => (run.Occasion, Recipient: recipient, run.Fates))),
            new ParallelOptions { MaxDegreeOfParallelism = MailsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = CancellationToken.None },
            async (mail, _) =>
            {
                var stream = mail.Occasion.Event.Stream;
                if (ct.IsCancellationRequested || clock.GetUtcNow() >= stopAt)
                {
                    mail.Fates.Add(MailFate.Failed);
                    errors.TryAdd(stream, new OutOfTimeException(stream));
                    return;
                }

                try
                {
                    mail.Fates.Add(await MailAsync(mail.Occasion, mail.Recipient, stopAt, ct));
                }
                catch (Exception e)
                {
                    mail.Fates.Add(MailFate.Failed);
                    errors[stream] = ct.IsCancellationRequested ? new OutOfTimeException(stream) : e;
                }
            });

        foreach (var (occasion, fates) in runs)
            Report(occasion.Event, fates.CountBy(fate => fate).ToDictionary());
        return errors;
    }

    /// <summary>
    /// A try that always began with the same recipients would look through all mails that were sent before, and perhaps get no further. So each invocation begins somewhere else, where there are more than it is sure to look through.
    /// </summary>
    private static IEnumerable<Recipient> InTurn(IReadOnlyCollection<Recipient> recipients, DateTimeOffset stopAt)
    {
        if (recipients.Count <= SurelyLookedThrough) return recipients;
        var first = (int)(stopAt.ToUnixTimeMilliseconds() % recipients.Count);
        return recipients.Skip(first).Concat(recipients.Take(first));
    }

    private static bool IsReadable(StreamBatch batch, ConcurrentDictionary<StreamId, Exception> errors)
    {
        try
        {
            foreach (var e in batch.Events) _ = e.Event;
            return true;
        }
        catch (Exception e)
        {
            errors[batch.Stream] = e;
            return false;
        }
    }

    private async Task<MailFate> MailAsync(Occasion occasion, Recipient recipient, DateTimeOffset stopAt, CancellationToken ct)
    {
        try
        {
            return await addressees.FindAsync(recipient, ct) is { } to
                ? await mailOnce.SendAsync($"{occasion.Event.EventId:D}/{to.Customer}", await occasion.Write(to, ct), stopAt, ct)
                : MailFate.NoAddress;
        }
        catch (PersonErasedException)
        {
            return MailFate.NoAddress;
        }
    }

    private void Report(EventRecord e, Dictionary<MailFate, int> fates)
    {
        LogMailed(
            e.Type,
            e.Stream.ToString(),
            e.EventId,
            fates.GetValueOrDefault(MailFate.Sent),
            fates.GetValueOrDefault(MailFate.SentBefore),
            fates.GetValueOrDefault(MailFate.Unknown),
            fates.GetValueOrDefault(MailFate.NoAddress),
            fates.GetValueOrDefault(MailFate.Undeliverable),
            fates.GetValueOrDefault(MailFate.Failed));
    }

    [LoggerMessage(1, LogLevel.Information, "{Type} of {Stream} ({Event}): {Sent} mails sent, {SentBefore} sent before, {Unknown} unknown, {NoAddress} without an address, {Undeliverable} undeliverable, {Failed} failed.")]
    private partial void LogMailed(string type, string stream, Guid @event, int sent, int sentBefore, int unknown, int noAddress, int undeliverable, int failed);
}
