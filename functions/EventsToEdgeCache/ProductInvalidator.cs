using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>
/// Invalidates the products that changed, each only once the read model shows the change: before, the edge would fetch the old document again. Past the budget nothing is invalidated, and the products live out the seconds that the
/// edge may keep them. Hints are ignored: a rebuild changes no document.
/// </summary>
public sealed partial class ProductInvalidator(
    IReadModelVersions products,
    IInvalidations invalidations,
    IInvalidationBudget budget,
    TimeProvider clock,
    ILogger<ProductInvalidator> log)
{
    /// <summary>The read model is usually there within a second of the event.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the read model until <paramref name="stopAt"/> at most. The streams whose document could not be invalidated, and why.</summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> InvalidateAsync(IReadOnlyList<StreamBatch> streams, DateTimeOffset stopAt, CancellationToken ct)
    {
        var errors = new Dictionary<StreamId, Exception>();
        var changed = streams.Where(IsChange).Select(batch => new ProductChange(batch.Stream, batch.Events[^1].Version)).ToList();
        var shown = new List<ProductChange>();
        try
        {
            shown = await WaitAsync(changed, stopAt, ct);
            foreach (var change in changed.Except(shown))
                errors[change.Stream] = new TimeoutException($"The read model does not show version {change.Version} of {change.Stream} yet.");
            await InvalidateAsync(shown, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            foreach (var change in changed) errors.TryAdd(change.Stream, e);
        }

        return errors;
    }

    /// <summary>A creation, which is always version 1, changes nothing that is cached: "not found" is not. Nobody looks at the canary's product, and its changes would cost $40 a month.</summary>
    private static bool IsChange(StreamBatch batch) =>
        ProductStreams.TryParse(batch.Stream, out _) && batch.Stream != CanaryProduct.Stream && batch.Events is [.., { Version: > 1 }];

    /// <summary>Those that the read model shows before time is up.</summary>
    private async Task<List<ProductChange>> WaitAsync(List<ProductChange> changed, DateTimeOffset stopAt, CancellationToken ct)
    {
        var giveUpAt = clock.GetUtcNow() + Patience < stopAt ? clock.GetUtcNow() + Patience : stopAt;
        var waiting = changed;
        while (waiting.Count > 0)
        {
            var versions = await products.LoadVersionsAsync([.. waiting.Select(change => change.Stream)], ct);
            waiting = [.. waiting.Where(change => versions.GetValueOrDefault(change.Stream) < change.Version)];
            if (waiting.Count == 0 || clock.GetUtcNow() + Look > giveUpAt) break;
            await Task.Delay(Look, clock, ct);
        }

        return [.. changed.Except(waiting)];
    }

    private async Task InvalidateAsync(List<ProductChange> shown, CancellationToken ct)
    {
        if (shown.Count == 0) return;
        var granted = await budget.TakeAsync(shown.Count, ct);
        if (granted < shown.Count) LogBudgetSpent(shown.Count - granted);
        if (granted > 0) await invalidations.CreateAsync(shown[..granted], ct);
    }

    [LoggerMessage(1, LogLevel.Warning, "The hour's budget of invalidations is spent: {Count} products are not invalidated and live out their time at the edge.")]
    private partial void LogBudgetSpent(int count);
}
