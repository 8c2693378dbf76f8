namespace ServerlessCqrs.Shop;

/// <summary>The fields of events by which the log finds streams. They are stored names.</summary>
public static class EventFields
{
    public const string Category = "category";

    public const string Customer = "customer";

    public const string ProductId = "productId";
}
