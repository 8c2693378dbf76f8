using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessCqrs.Http.OpenApi;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi.OpenApi;

/// <summary>This service's half of the OpenAPI document.</summary>
public static class QueryDocument
{
    public const string Name = "v1";

    internal const string Bearer = "bearer";

    private const string TokenHelp =
        "An access token. On one machine, copy the text after Bearer from a .header file in .local, or POST a form with sub, email and group to the tokens URL that the start prints. "
        + "On AWS, sign in to the Cognito user pool.";

    public static IServiceCollection AddQueryDocument(this IServiceCollection services) => services
        .AddSingleton<ApiDocument>()
        .ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, QueryApiJson.Default);
            // The web's default takes "7" for 7, and the document would say so; we do not.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // As the answers are written: what is null is left out.
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        })
        .AddOpenApi(Name, options =>
        {
            options.AddDocumentTransformer((document, _, _) => Complete(document));
            options.DescribeNulls(isRequest: _ => false);
            options.AddSchemaTransformer((schema, context, _) => CompleteProduct(schema, context.JsonTypeInfo.Type));
            options.DescribeProblems();
            options.DescribeGatewayAnswers();
            options.AddOperationTransformer((operation, context, _) => Complete(operation, context));
        });

    /// <summary>A reader who is routed to version 2 of the products gets these fields besides.</summary>
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

    private static Task Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ServerlessCqrs",
            Version = "1",
            Description = "A product shop whose writes and reads are separate systems, joined by an event log. Every write is a command. 202 means that it is accepted. It is decided once and in order, and its status URL returns its one outcome. "
                + "Reads may be a moment behind, except with atLeastVersion. Errors are problem documents (RFC 9457) with a stable code.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = TokenHelp },
        };
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<AnswerExample>().FirstOrDefault() is { } example)
            foreach (var content in operation.Responses?.GetValueOrDefault("200")?.Content?.Values ?? []) content.Example = JsonNode.Parse(example.Json);
        return Task.CompletedTask;
    }
}
