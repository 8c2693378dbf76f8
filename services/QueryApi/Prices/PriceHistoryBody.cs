namespace ServerlessCqrs.QueryApi.Prices;

/// <summary>The prices that a product had, the oldest first.</summary>
/// <param name="Points">Each price from its time on; the first one is what the range began with.</param>
/// <param name="Partial">Whether the range has more changes than are shown: the newest are.</param>
public sealed record PriceHistoryBody(
    Guid ProductId,
    string Currency,
    IReadOnlyList<PricePoint> Points,
    bool Partial);

/// <summary>A price, from this time until the next point's.</summary>
public sealed record PricePoint(
    DateTimeOffset At,
    decimal Amount);
