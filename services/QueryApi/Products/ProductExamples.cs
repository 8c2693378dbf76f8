namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Answers about products as the OpenAPI page shows them.</summary>
internal static class ProductExamples
{
    public const string One = """
        {
          "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "name": "Wireless Headphones",
          "slug": "wireless-headphones",
          "description": "Over the ear, and quiet",
          "category": "audio",
          "specifications": {"battery": "30 hours"},
          "inventory": {"quantity": 50, "warehouse": "WH_001"},
          "pricing": {"basePrice": 100, "currentPrice": 80, "discount": 20, "currency": "USD"},
          "images": [{"id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c02", "url": "https://images.example.org/headphones.jpg", "alt": "Black headphones"}],
          "averageRating": 4.5,
          "totalReviews": 12,
          "inStock": true,
          "seller": "seller-1",
          "version": 7,
          "createdAt": "2026-11-01T12:00:00+00:00",
          "updatedAt": "2026-11-02T09:30:00+00:00"
        }
        """;

    private const string Summary = """
        {
          "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "name": "Wireless Headphones",
          "slug": "wireless-headphones",
          "category": "audio",
          "currentPrice": 80,
          "discount": 20,
          "currency": "USD",
          "image": "https://images.example.org/headphones.jpg",
          "averageRating": 4.5,
          "totalReviews": 12,
          "inStock": true,
          "version": 7,
          "updatedAt": "2026-11-02T09:30:00+00:00"
        }
        """;

    public const string List = $$"""{"items": [{{Summary}}], "next": null}""";

    public const string Search = $$"""{"items": [{{Summary}}], "next": null, "partial": false}""";

    public const string Recommendations = $$"""{"items": [{"product": {{Summary}}, "orders": 17}]}""";

    public const string BestSellers = $$"""{"items": [{"product": {{Summary}}, "pieces": 230}]}""";
}
