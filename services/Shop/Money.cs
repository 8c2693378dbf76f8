namespace ServerlessCqrs.Shop;

/// <summary>
/// A decimal amount in units of <paramref name="Currency"/> (ISO 4217, upper case) with at most two digits after the
/// point.
/// </summary>
public sealed record Money(
    decimal Amount,
    string Currency);
