using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>The product that the shop watches itself by: written on a schedule, and waited for. It is like any other, but no customer meets it: lists leave it out, and the edge is not told of its changes.</summary>
public static class CanaryProduct
{
    /// <summary>Drawn once, and the same for ever.</summary>
    public static Guid Id { get; } = new("e3e464bd-3f43-40be-871d-56072513955a");

    public static StreamId Stream { get; } = ProductStreams.IdOf(Id);

    /// <summary>Its seller. Users' subjects are UUIDs, so nobody else is named so.</summary>
    public static Actor Seller { get; } = new("canary", ShopRoles.Seller);
}
