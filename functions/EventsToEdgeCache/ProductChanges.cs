using ServerlessCqrs.EventStore;
using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>Says which product's document an event changes. An approved review changes the document of its product.</summary>
public static class ProductChanges
{
    /// <summary>
    /// Returns null for a creation, which is always version 1, because no cache keeps "not found". Returns null for the
    /// canary's product too: nobody reads it, and its invalidations would cost $40 a month.
    /// </summary>
    public static EdgeChange? Of(EventRecord e)
    {
        if (ProductStreams.TryParse(e.Stream, out var product) && (e.Stream == CanaryProduct.Stream || e.Version == 1)) return null;
        return e.Event switch
        {
            ReviewApproved approved => Change(approved.ProductId),
            IProductEvent change when ShopContracts.Events.NameOf(change).Tags.Contains(EventTags.Edge) => Change(product),
            _ => null,
        };

        EdgeChange Change(Guid id) => new($"/products/{id:D}", e.Stream, e.Version);
    }
}
