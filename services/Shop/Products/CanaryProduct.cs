using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// The product by which the shop monitors itself: a schedule changes it and waits for the read model. Lists omit it, so
/// customers do not see it. Its changes do not invalidate the edge.
/// </summary>
public static class CanaryProduct
{
    /// <summary>Drawn once, and never changes.</summary>
    public static Guid Id { get; } = new("e3e464bd-3f43-40be-871d-56072513955a");

    public static StreamId Stream { get; } = ProductStreams.IdOf(Id);

    /// <summary>Its seller. Users' subjects are UUIDs, so no user has this name.</summary>
    public static Actor Seller { get; } = new("canary", ShopRoles.Seller);
}
