using ServerlessCqrs.Local.Secrets;

namespace ServerlessCqrs.Local.Stack;

/// <summary>Files in the data folder that the printed commands use, so that no token stands on the terminal or in a shell's history.</summary>
internal static class TryFiles
{
    public const string ProductId = "6f1ed002-ab5f-4a55-9e0b-3d6a8f0c5c11";

    private const string Product =
        $$"""
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

        """;

    /// <summary>Writes <c>seller.header</c>, <c>customer.header</c> and <c>operator.header</c>, as curl's <c>-H @FILE</c> reads them, and <c>product.json</c>.</summary>
    public static void Write(string dataFolder, ReadyTokens tokens)
    {
        Header("seller", tokens.Seller);
        Header("customer", tokens.Customer);
        Header("operator", tokens.Operator);
        File.WriteAllText(Path.Combine(dataFolder, "product.json"), Product);

        void Header(string role, string token) =>
            OwnerOnlyFile.Write(Path.Combine(dataFolder, $"{role}.header"), $"Authorization: Bearer {token}\n");
    }
}
