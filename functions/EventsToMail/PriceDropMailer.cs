using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.EventsToMail;

/// <summary>Mails everybody who watched a price when it fell, each once. Who was erased gets nothing.</summary>
public sealed partial class PriceDropMailer(
    PriceDrops drops,
    IPersonalData personal,
    PriceDropped template,
    MailOnce mailOnce,
    TimeProvider clock,
    ILogger<PriceDropMailer> log)
{
    private const int StreamsAtOnce = 4;

    // SES gives a new account 14 mails a second; one call takes some 50 ms.
    private const int MailsAtOnce = 8;

    /// <summary>Begins no mail from <paramref name="stopAt"/> on. The streams with a mail that was refused, or not begun, and why.</summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> MailAsync(IReadOnlyList<StreamBatch> streams, DateTimeOffset stopAt, CancellationToken ct)
    {
        var errors = new ConcurrentDictionary<StreamId, Exception>();
        var found = new ConcurrentBag<PriceDrop>();
        await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = ct }, async (batch, token) =>
        {
            try
            {
                foreach (var drop in await drops.FindAsync(batch, token)) found.Add(drop);
            }
            catch (Exception e) when (!token.IsCancellationRequested)
            {
                errors[batch.Stream] = e;
            }
        });

        // Few watchers first: they need not wait behind a product that thousands watch.
        var runs = found.OrderBy(drop => drop.Watchers.Count).Select(drop => (Drop: drop, Fates: new ConcurrentBag<MailFate>())).ToList();
        await Parallel.ForEachAsync(
            runs.SelectMany(run => run.Drop.Watchers.Select(watcher => (run.Drop, Watcher: watcher, run.Fates))),
            new ParallelOptions { MaxDegreeOfParallelism = MailsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = CancellationToken.None },
            async (mail, _) =>
            {
                if (ct.IsCancellationRequested || clock.GetUtcNow() >= stopAt)
                {
                    mail.Fates.Add(MailFate.Failed);
                    errors[mail.Drop.Stream] = new TimeoutException($"Not all watchers of {mail.Drop.Stream} could be mailed before the deadline.");
                    return;
                }

                try
                {
                    mail.Fates.Add(await MailAsync(mail.Drop, mail.Watcher, stopAt, ct));
                }
                catch (Exception e)
                {
                    mail.Fates.Add(MailFate.Failed);
                    errors[mail.Drop.Stream] = e;
                }
            });

        foreach (var (drop, fates) in runs)
            Report(drop, fates.CountBy(fate => fate).ToDictionary());
        ct.ThrowIfCancellationRequested();
        return errors;
    }

    private async Task<MailFate> MailAsync(PriceDrop drop, PriceWatched watcher, DateTimeOffset stopAt, CancellationToken ct)
    {
        if (await personal.OpenAsync(watcher.Email, ct) is not { } address) return MailFate.Erased;
        string token;
        try
        {
            token = await UnsubscribeToken.CreateAsync(personal, watcher.Customer, drop.ProductId, ct);
        }
        catch (PersonErasedException)
        {
            return MailFate.Erased;
        }

        return await mailOnce.SendAsync($"{drop.Event:D}/{watcher.Customer}", template.Write(drop, address, token), stopAt, ct);
    }

    private void Report(PriceDrop drop, Dictionary<MailFate, int> fates)
    {
        LogMailed(
            drop.Stream.ToString(),
            drop.Event,
            fates.GetValueOrDefault(MailFate.Sent),
            fates.GetValueOrDefault(MailFate.SentBefore),
            fates.GetValueOrDefault(MailFate.Unknown),
            fates.GetValueOrDefault(MailFate.Erased),
            fates.GetValueOrDefault(MailFate.Failed));
    }

    [LoggerMessage(1, LogLevel.Information, "{Stream} fell in price ({Event}): {Sent} mails sent, {SentBefore} sent before, {Unknown} unknown, {Erased} persons erased, {Failed} failed.")]
    private partial void LogMailed(string stream, Guid @event, int sent, int sentBefore, int unknown, int erased, int failed);
}
