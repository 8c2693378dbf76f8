namespace ServerlessCqrs.Shop;

/// <summary>The event fields by which the log finds streams. These names are stored.</summary>
public static class EventFields
{
    public const string Category = "category";

    public const string Customer = "customer";

    public const string ProductId = "productId";
}
