using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi;

/// <summary>Opens the connections before the first request: a first call takes longer than requests give the read model, and would be answered from the event store for nothing.</summary>
public sealed partial class WarmUp(IReadModel<ProductDocument> products, IEventHistory history, CurrentRoutes routes, TimeProvider time, ILogger<WarmUp> logger) : IHostedService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var nothing = ProductStreams.IdOf(Guid.Empty);
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await Task.WhenAll(
            TryAsync(() => products.LoadAsync([nothing], either.Token), either.Token),
            TryAsync(() => routes.OfAsync(ShopReadModels.Products).AsTask(), either.Token),
            TryAsync(() => history.ReadStreamsAsync([nothing], HistoryBounds.Everything, either.Token), either.Token));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // What is away now is the requests' matter.
    private async Task TryAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            await call().WaitAsync(ct);
        }
        catch (Exception e)
        {
            LogCold(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Started without a connection: {Reason}")]
    private partial void LogCold(string reason);
}
