namespace ServerlessCqrs.Shop;

/// <summary>An amount in units of <paramref name="Currency"/> (ISO 4217, upper case), decimal, at most two digits after the point.</summary>
public sealed record Money(
    decimal Amount,
    string Currency);
