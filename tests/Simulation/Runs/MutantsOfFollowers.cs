using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Applies what comes to what is there, wherever it belongs.</summary>
internal static class GapBlindProjector
{
    public static FollowStreams Of(IReadModel<ProductDocument> items) => async (streams, ct) =>
    {
        var projection = new ProductProjection();
        foreach (var batch in streams.Where(batch => batch.Stream.Category == ProductStreams.Category))
        {
            var item = (await items.LoadAsync([batch.Stream], ct)).GetValueOrDefault(batch.Stream);
            var read = item?.Version ?? 0;
            foreach (var e in batch.Events.Where(e => e.Version > read && (item?.Document is not null || e.Event is ProductCreated)))
                item = new ReadModelItem<ProductDocument>(e.Stream, e.Version, projection.Apply(item?.Document, e), e.At);
            if (item is not null && item.Version > read) await items.SaveAsync(item, read, ct);
        }

        return new Dictionary<StreamId, Exception>();
    };
}

/// <summary>Does not know one kind of event.</summary>
internal static class StubbornProjector
{
    public static FollowStreams Of(IReadModel<ProductDocument> items) => (streams, _) => Task.FromResult<IReadOnlyDictionary<StreamId, Exception>>(streams
        .Where(batch => batch.Events.Any(e => e.Event is ProductDetailsRevised))
        .ToDictionary(batch => batch.Stream, _ => (Exception)new InvalidOperationException($"{items.Name} does not know it.")));
}

/// <summary>Now and then answers with the item before.</summary>
internal sealed class EventualProducts(IReadModel<ProductDocument> products, Dice dice) : IReadModel<ProductDocument>
{
    private readonly Dictionary<StreamId, ReadModelItem<ProductDocument>> _old = [];

    public string Name => products.Name;

    public async Task<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var now = await products.LoadAsync(streams, ct);
        if (dice.Roll("mutant.eventual") < 0.5) return now.ToDictionary(entry => entry.Key, entry => _old.GetValueOrDefault(entry.Key, entry.Value));
        foreach (var (stream, item) in now) _old[stream] = item;
        return now;
    }

    public Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, long readVersion, CancellationToken ct) => products.SaveAsync(item, readVersion, ct);

    public IAsyncEnumerable<ReadModelItem<ProductDocument>> ScanAsync(CancellationToken ct) => products.ScanAsync(ct);
}

internal sealed class HistoryAsOfNow(IEventHistory inner) : IEventHistory
{
    public Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => AsOf(asOf, inner.ReadPrefixAsync(prefix, DateTimeOffset.MaxValue, ct));

    public Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) => inner.ReadStreamsAsync(streams, bounds, ct);

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => inner.ReadAllAsync(category, ct);

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => inner.ReadOutcomesAsync(ct);

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct) => inner.ReadArrivalsAsync(after, limit, ct);

    public IAsyncEnumerable<(StreamId Stream, long Version)> ReadVersionsAsync(string category, CancellationToken ct) => inner.ReadVersionsAsync(category, ct);

    // The reader looks at times again: what came later says that it was there before.
    private static async Task<IReadOnlyList<EventRecord>> AsOf(DateTimeOffset asOf, Task<IReadOnlyList<EventRecord>> all) => [.. (await all).Select(e => e.At > asOf ? e with { At = asOf } : e)];
}

internal sealed class CarelessFollower(ISqsBatchHandler inner) : ISqsBatchHandler
{
    public async Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct)
    {
        await inner.HandleAsync(messages, context, ct);
        return [];
    }
}

/// <summary>Looks whether all of a batch can be handled before any of it is.</summary>
internal sealed class AllOrNothingFollower(ISqsBatchHandler inner) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        messages.Any(message => message.ReceiveCount < 3 && message.Body.Contains("ProductTeleported", StringComparison.Ordinal))
            ? Task.FromResult<IReadOnlyCollection<string>>([.. messages.Select(message => message.MessageId)])
            : inner.HandleAsync(messages, context, ct);
}

internal sealed class NoDeadLetters : IDeadLetters
{
    public Task PutAsync(DeadLetter letter, CancellationToken ct) => Task.CompletedTask;
}

internal sealed class OptimisticVersions : IReadModelVersions
{
    public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<StreamId, long>>(streams.ToDictionary(stream => stream, _ => long.MaxValue));
}

internal sealed class LateClaims(IMailClaims inner) : IMailClaims
{
    public Task<MailClaim> ClaimAsync(string mail, CancellationToken ct) => Task.FromResult(new MailClaim(mail, MailClaimState.Granted, "nobody", Simulator.Start));

    public Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct) => inner.ConfirmAsync(claim, messageId, ct);

    public Task ReleaseAsync(MailClaim claim, CancellationToken ct) => inner.ReleaseAsync(claim, ct);
}

internal sealed class HopefulSender(IMailSender inner) : IMailSender
{
    public async Task<string> SendAsync(Mail mail)
    {
        try
        {
            return await inner.SendAsync(mail);
        }
        catch (SimulatedFaultException e)
        {
            throw new MailRefusedException("It will not have been sent.", e, throttled: true);
        }
    }
}
