using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop;

/// <summary>The roles of the shop, in the names that the identity provider's groups have.</summary>
public static class ShopRoles
{
    /// <summary>Changes products, and only its own.</summary>
    public const string Seller = "seller";

    /// <summary>Watches prices, orders and reviews.</summary>
    public const string Customer = "customer";

    /// <summary>Every role that a token can give.</summary>
    public static readonly IReadOnlyList<string> All = [Seller, Customer, Actor.Operator];
}
