namespace ServerlessCqrs.Local;

/// <summary>Examples that a newcomer can try on the local stack.</summary>
public static class ShopExamples
{
    private const string ProductId = "6f1ed002-ab5f-4a55-9e0b-3d6a8f0c5c11";

    /// <summary>Files for the data folder: name and content.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["product.json"] = $$"""
            {
              "id": "{{ProductId}}",
              "name": "Wireless Headphones",
              "description": "They play music.",
              "category": "audio",
              "price": { "amount": 100, "currency": "USD" },
              "quantity": 50,
              "warehouse": "WH_001",
              "specifications": { "battery": "30 hours" },
              "images": []
            }

            """,
    };

    /// <summary>Returns shell commands, in 80 columns. They read the token of a role from <c>ROLE.header</c>.</summary>
    /// <param name="folder">The data folder with a trailing slash.</param>
    public static string Commands(Uri edge, string folder) => $$"""
        Create a product, reduce its price, and read it:

          curl -i -H @{{folder}}seller.header -H 'Prefer: wait=5' \
            --json @{{folder}}product.json {{edge}}products
          curl -i -H @{{folder}}seller.header -H 'Prefer: wait=5' \
            --json '{"amount":80,"currency":"USD"}' \
            {{edge}}products/{{ProductId}}/price
          curl -i -G -d atLeastVersion=2 \
            {{edge}}products/{{ProductId}}

        customer.header and operator.header hold the other roles, for 12 hours.
        """;
}
