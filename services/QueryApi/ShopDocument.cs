using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi;

/// <summary>The shop's part of the OpenAPI document.</summary>
internal static class ShopDocument
{
    public static QueryDescription Description { get; } = new(
        "A product shop whose writes and reads are separate systems, joined by an event log. Every write is a command. 202 means that it is accepted. It is decided once and in order, and its status URL returns its one outcome. "
            + "Reads may be a moment behind, except with atLeastVersion. Errors are problem documents (RFC 9457) with a stable code.",
        QueryApiJson.Default,
        () => typeof(ShopDocument).Assembly.GetManifestResourceStream("commands.json") ?? throw new InvalidOperationException("commands.json is not embedded."),
        options => options.AddSchemaTransformer((schema, context, _) => CompleteProduct(schema, context.JsonTypeInfo.Type)));

    /// <summary>A reader who is routed to version 2 of the products also gets these fields.</summary>
    private static Task CompleteProduct(OpenApiSchema schema, Type type)
    {
        if (type != typeof(ProductDocument) || schema.Properties is not { } properties) return Task.CompletedTask;
        properties["priceHistory"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "Only in version 2 of the document: the newest prices, the oldest of them first.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["at"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                    ["amount"] = new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
                },
                Required = new HashSet<string> { "at", "amount" },
            },
        };
        properties["searchName"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Only in version 2 of the document: the words of the name as a search compares them.",
        };
        return Task.CompletedTask;
    }
}
