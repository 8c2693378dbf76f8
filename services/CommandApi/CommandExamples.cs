namespace ServerlessCqrs.CommandApi;

/// <summary>The example answers of writes on the OpenAPI page.</summary>
internal static class CommandExamples
{
    public const string Pending = """
        {
          "commandId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10",
          "status": "pending",
          "stream": "product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "url": "/products/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "statusUrl": "/commands/product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10?issued=2026-11-02T09:30:00.000Z"
        }
        """;

    public const string Applied = """
        {
          "commandId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10",
          "status": "applied",
          "stream": "product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "url": "/products/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "version": 7,
          "events": ["ProductPriceUpdated"],
          "statusUrl": "/commands/product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10?issued=2026-11-02T09:30:00.000Z"
        }
        """;
}
