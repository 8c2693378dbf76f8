namespace ServerlessCqrs.CommandApi.Products;

/// <summary>Bodies as the OpenAPI page shows them.</summary>
internal static class ProductExamples
{
    public const string New = """
        {
          "name": "Wireless Headphones",
          "description": "Over the ear, and quiet",
          "category": "audio",
          "price": {"amount": 100, "currency": "USD"},
          "quantity": 50,
          "warehouse": "WH_001",
          "specifications": {"battery": "30 hours"},
          "images": [{"url": "https://images.example.org/headphones.jpg", "alt": "Black headphones"}]
        }
        """;

    public const string Price = """{"amount": 100, "currency": "USD"}""";

    public const string Patch = """{"name": "Wireless Headphones II", "specifications": {"battery": "40 hours", "colour": null}}""";

    public const string Stock = """{"delta": -3, "reason": "damaged"}""";

    public const string Image = """{"url": "https://images.example.org/headphones-2.jpg", "alt": "Folded"}""";
}
