using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail.Occasions;

/// <summary>
/// Finds the reviews that were approved. The customer's given address is in the order that bought the product.
/// </summary>
public sealed class ReviewApprovals(EventStore.StreamReader streams, ReviewShown template) : IOccasions
{
    public IReadOnlyList<Type> Events { get; } = [typeof(ReviewApproved)];

    public async Task<(IReadOnlyList<Occasion> Found, IReadOnlyDictionary<StreamId, Exception> Errors)> FindAsync(IReadOnlyList<StreamBatch> batches, CancellationToken ct)
    {
        var errors = new Dictionary<StreamId, Exception>();
        List<EventRecord> approvals = [.. batches.SelectMany(batch => batch.Events).Where(e => e.Event is ReviewApproved)];
        if (approvals.Count == 0) return ([], errors);

        var asOf = new HistoryBounds(AsOf: approvals.Max(e => e.At));
        var reviews = await streams.ReadEachAsync([.. approvals.Select(e => e.Stream).Distinct()], asOf, ct);
        List<(EventRecord Event, ReviewApproved Approved, StreamId Order)> known = [];
        foreach (var approval in approvals)
        {
            try
            {
                var bought = reviews.Of(approval.Stream).Select(e => e.Event).OfType<ProductPurchased>().LastOrDefault() ?? throw new HistoryGapException(approval.Stream, 1, approval.Version);
                known.Add((approval, (ReviewApproved)approval.Event, OrderStreams.IdOf(bought.OrderId)));
            }
            catch (Exception e)
            {
                errors[approval.Stream] = e;
            }
        }

        var histories = await streams.ReadEachAsync([.. known.SelectMany(one => new[] { one.Order, ProductStreams.IdOf(one.Approved.ProductId) }).Distinct()], asOf, ct);
        List<Occasion> found = [];
        foreach (var (approval, approved, order) in known)
        {
            try
            {
                var given = histories.Of(order).Select(e => e.Event).OfType<OrderCreated>().FirstOrDefault()?.Email;
                var product = ProductNames.LastIn(histories.Of(ProductStreams.IdOf(approved.ProductId)).Where(e => e.At <= approval.At))!;
                found.Add(new Occasion(approval, [new Recipient(approved.Customer, given)], (to, _) => Task.FromResult(template.Write(approved, product, to))));
            }
            catch (Exception e)
            {
                errors[approval.Stream] = e;
            }
        }

        return (found, errors);
    }
}
