namespace ServerlessCqrs.Shop;

/// <summary>Who issued a command, as the verified token says: the subject and the one role it acts in. A command that follows from an event is the order process's own.</summary>
public sealed record Actor(
    string Id,
    string Role)
{
    /// <summary>The role that changes products, and only its own.</summary>
    public const string Seller = "seller";

    /// <summary>The role that watches prices, orders and reviews.</summary>
    public const string Customer = "customer";

    /// <summary>The role that runs the shop: reads every audit trail and every command's status.</summary>
    public const string Operator = "operator";

    /// <summary>The role of the order process, which no token can give: it is none of <see cref="Roles"/>.</summary>
    public const string Process = "process";

    /// <summary>Every role that a token can give, in the names the identity provider's groups have.</summary>
    public static readonly IReadOnlyList<string> Roles = [Seller, Customer, Operator];
}
