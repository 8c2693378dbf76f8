using ServerlessCqrs.ShopViews.Orders;

namespace ServerlessCqrs.QueryApi.Orders;

/// <summary>What a caller may know of an order, and how it became known.</summary>
/// <param name="Order">Null where there is none, or none of theirs.</param>
/// <param name="IsFolded">Whether it was folded from events, not read from the read model.</param>
/// <param name="MayLackNewest">Whether only the log could be read, which may lack the newest commit.</param>
public sealed record OrderView(
    OrderDocument? Order,
    bool IsFolded,
    bool MayLackNewest);
