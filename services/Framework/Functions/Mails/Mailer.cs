using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Mails everybody whom an event concerns once, at the person's current address. Erased persons get no mail.
/// </summary>
public sealed partial class Mailer(
    IEnumerable<IOccasions> kinds,
    IAddressees addressees,
    MailOnce mailOnce,
    TimeProvider clock,
    ILogger<Mailer> log)
{
    // SES allows a new account 14 mails a second, and one call takes about 50 ms.
    private const int MailsAtOnce = 8;

    // With eight at once and about 25 ms to check a mail that was sent, this takes less than half of an invocation.
    private const int SurelyLookedThrough = 5_000;

    /// <summary>
    /// Starts no mail after <paramref name="stopAt"/>. Returns the streams with a refused or unsent mail, each with its
    /// error.
    /// </summary>
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

        // Occasions with few recipients go first, so they do not wait behind a product that thousands watch.
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
    /// Starts each invocation at a different recipient when there are more than one invocation surely checks. A retry
    /// that always started with the same recipients would check all sent mails first, and might never get further.
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
                ? await mailOnce.SendAsync($"{occasion.Event.EventId:D}/{to.Person}", await occasion.Write(to, ct), stopAt, ct)
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
