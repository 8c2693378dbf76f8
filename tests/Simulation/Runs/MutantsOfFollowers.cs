using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using RefusalKind = ServerlessCqrs.Functions.Mails.RefusalKind;

namespace ServerlessCqrs.Simulation.Runs;

internal static class MutantsOfFollowers
{
    /// <summary>
    /// Uses the category's length as its hash, so a posting of another category may seem to exist already.
    /// </summary>
    public static bool HaveTheSameHash(Put put, Dictionary<string, AttributeValue>? stored) =>
        put.TableName == ShopTopology.ProductSearchV1Words.Name && stored is not null && stored["category"].S.Length == put.Item["category"].S.Length;
}

/// <summary>Applies each event to the stored item, whatever its version.</summary>
internal static class GapBlindProjector
{
    public static FollowStreams Of(IReadModel<ProductDocument> items) => async (streams, ct) =>
    {
        var projection = new ProductProjection();
        foreach (var batch in streams.Where(batch => batch.Stream.Category == ProductStreams.Category))
        {
            var stored = (await items.LoadAsync([batch.Stream], ct)).GetValueOrDefault(batch.Stream);
            var (item, read) = (stored, stored?.Version ?? 0);
            foreach (var e in batch.Events.Where(e => e.Version > read && (item?.Document is not null || e.Event is ProductCreated)))
                item = new ReadModelItem<ProductDocument>(e.Stream, e.Version, projection.Apply(item?.Document, e), e.At);
            if (item is not null && item.Version > read) await items.SaveAsync(item, stored, ct);
        }

        return new Dictionary<StreamId, Exception>();
    };
}

/// <summary>Does not know one type of event.</summary>
internal static class StubbornProjector
{
    public static FollowStreams Of(IReadModel<ProductDocument> _) => (streams, _) => Task.FromResult<IReadOnlyDictionary<StreamId, Exception>>(streams
        .Where(batch => batch.Events.Any(e => e.Event is ProductDetailsRevised))
        .ToDictionary(batch => batch.Stream, _ => (Exception)new InvalidOperationException("Unknown to this read model.")));
}

/// <summary>Sometimes answers with the previous item.</summary>
internal sealed class EventualProducts(IProductCatalogue products, Dice dice) : IProductCatalogue
{
    private readonly Dictionary<StreamId, RatedProduct> _old = [];

    public async Task<RatedProduct> FindAsync(StreamId product, CancellationToken ct)
    {
        var now = await products.FindAsync(product, ct);
        if (dice.Roll("mutant.eventual") < 0.5) return _old.GetValueOrDefault(product, now);
        return _old[product] = now;
    }

    public Task<IReadOnlyDictionary<Guid, ProductSummary>> SummariesAsync(IReadOnlyCollection<Guid> some, CancellationToken ct) => products.SummariesAsync(some, ct);

    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct) => products.BrowseAsync(query, ct);
}

/// <summary>Treats an unapplied event as applied.</summary>
internal sealed class MisdatedSnapshots(ISnapshots inner) : ISnapshots
{
    public int Every => inner.Every;

    public Task<IReadOnlyDictionary<StreamId, Snapshot>> FindAsync(string fold, IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) => inner.FindAsync(fold, streams, bounds, ct);

    public Task<IReadOnlyList<Snapshot>> ReadAsync(string fold, IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.ReadAsync(fold, streams, ct);

    public Task SaveAsync(string fold, IReadOnlyCollection<Snapshot> snapshots, CancellationToken ct) => inner.SaveAsync(fold, [.. snapshots.Select(snapshot => snapshot with { Version = snapshot.Version + 1 })], ct);
}

internal sealed class HistoryAsOfNow(IEventHistory inner) : IEventHistory
{
    public Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => AsOf(asOf, inner.ReadPrefixAsync(prefix, DateTimeOffset.MaxValue, ct));

    public Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) => inner.ReadStreamsAsync(streams, bounds, ct);

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => inner.ReadAllAsync(category, ct);

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => inner.ReadOutcomesAsync(ct);

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct) => inner.ReadArrivalsAsync(after, limit, ct);

    // The reader checks times again, so later events get an earlier time.
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

/// <summary>Reports nothing as done once its time is up.</summary>
internal sealed class WholeOrNothingInTime(ISqsBatchHandler inner) : ISqsBatchHandler
{
    public async Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct)
    {
        var failed = await inner.HandleAsync(messages, context, ct);
        return ct.IsCancellationRequested ? [.. messages.Select(message => message.MessageId)] : failed;
    }
}

/// <summary>Runs until it is done or killed.</summary>
internal sealed class ClocklessFollower(ISqsBatchHandler inner) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        inner.HandleAsync(messages, context with { Deadline = DateTimeOffset.MaxValue }, CancellationToken.None);
}

/// <summary>Checks whether a whole batch can be handled before it handles any of it.</summary>
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

    public Task GiveUpAsync(MailClaim claim, string reason, CancellationToken ct) => inner.GiveUpAsync(claim, reason, ct);

    public Task ReleaseAsync(MailClaim claim, CancellationToken ct) => inner.ReleaseAsync(claim, ct);
}

/// <summary>Treats each refusal as temporary.</summary>
internal sealed class PatientSender(IMailSender inner) : IMailSender
{
    public async Task<string> SendAsync(Mail mail)
    {
        try
        {
            return await inner.SendAsync(mail);
        }
        catch (MailRefusedException e) when (e.Kind == RefusalKind.Permanent)
        {
            throw new MailRefusedException(e.Message, e, RefusalKind.Temporary);
        }
    }
}

/// <summary>Treats each refusal as permanent.</summary>
internal sealed class HastySender(IMailSender inner) : IMailSender
{
    public async Task<string> SendAsync(Mail mail)
    {
        try
        {
            return await inner.SendAsync(mail);
        }
        catch (MailRefusedException e)
        {
            throw new MailRefusedException(e.Message, e, RefusalKind.Permanent);
        }
    }
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
            throw new MailRefusedException("It will not have been sent.", e, RefusalKind.Throttled);
        }
    }
}

/// <summary>Drops mails with this word in their subject, and reports them as sent.</summary>
internal sealed class ForgetfulSender(IMailSender inner, string word) : IMailSender
{
    public Task<string> SendAsync(Mail mail) => mail.Subject.Contains(word, StringComparison.Ordinal) ? Task.FromResult("sent") : inner.SendAsync(mail);
}
