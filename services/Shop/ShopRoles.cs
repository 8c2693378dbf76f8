using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop;

/// <summary>The roles of the shop, named like the identity provider's groups.</summary>
public static class ShopRoles
{
    /// <summary>Changes its own products.</summary>
    public const string Seller = "seller";

    /// <summary>Watches prices, orders and reviews.</summary>
    public const string Customer = "customer";

    /// <summary>Every role that a token can grant.</summary>
    public static readonly IReadOnlyList<string> All = [Seller, Customer, Actor.Operator];
}
