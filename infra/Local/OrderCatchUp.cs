using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Local;

/// <summary>
/// Sends hints to the order process for events that it may have missed, because the local queues are in memory. These
/// are orders that wait for products or released pieces, and reservations of products. An order that is sold without
/// reservations is complete. A repeated hint is harmless.
/// </summary>
internal sealed class OrderCatchUp(IStreamTips tips, IAmazonSQS sqs, ILogger logger)
{
    // A hint has about 80 bytes; this keeps a message far below its 64 KB.
    private const int HintsPerMessage = 500;

    /// <param name="processUrl">The queue of the order process.</param>
    /// <param name="timeoutsUrl">The queue of order timeouts.</param>
    public async Task RunAsync(string processUrl, string timeoutsUrl, CancellationToken ct)
    {
        HashSet<StreamId> untold = [];
        HashSet<StreamId> waiting = [];
        var versions = new Dictionary<StreamId, long>();
        await foreach (var tip in tips.ScanAsync(ct).Where(tip => tip.Version > 0 && tip.Stream.Category is OrderStreams.Category or ProductStreams.Category))
        {
            versions[tip.Stream] = tip.Version;
            switch (tip.StateFor(ShopDomain.Instance.DeciderOf(tip.Stream)!))
            {
                case OrderState.Pending:
                    waiting.Add(tip.Stream);
                    break;
                // A state of another shape cannot be read.
                case OrderState.Rejected or OrderState.Cancelled or null:
                    untold.Add(tip.Stream);
                    break;
                case ProductState.OnSale { Reservations: { Count: > 0 } reservations }:
                    untold.Add(tip.Stream);
                    untold.UnionWith(reservations.Keys.Select(OrderStreams.IdOf));
                    break;
            }
        }

        untold.UnionWith(waiting);
        await SendAsync(processUrl, untold.Where(versions.ContainsKey));
        await SendAsync(timeoutsUrl, waiting);
        if (waiting.Count > 0) logger.LogInformation("{Waiting} orders wait for their products. The stack sent their hints again", waiting.Count);

        async Task SendAsync(string url, IEnumerable<StreamId> streams)
        {
            foreach (var hints in streams.Select(stream => new StreamHint(stream, versions[stream])).Chunk(HintsPerMessage))
                await sqs.SendMessageAsync(new SendMessageRequest(url, EventMessage.Write([], hints)), ct);
        }
    }
}
