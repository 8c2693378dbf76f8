using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessCqrs.CommandApi.Answers;
using ServerlessCqrs.CommandApi.Watches;
using ServerlessCqrs.Http.OpenApi;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.OpenApi;

/// <summary>The OpenAPI document of the writes, at <c>/openapi/v1.json</c>.</summary>
public static class CommandDocument
{
    private const string Bearer = "bearer";

    public static IServiceCollection AddCommandDocument(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, CommandApiJson.Default);
            // The web's default takes "7" for 7, and the document would say so; we do not.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // As the answers are written: what is null is left out.
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        })
        .AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) => Complete(document));
            options.AddOperationTransformer((operation, context, _) => Complete(operation, context));
            options.DescribeNulls(IsRequest);
            options.DescribeProblems();
            options.DescribeGatewayAnswers();
        });

    private static Task Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ServerlessCqrs: writes",
            Version = "1",
            Description = "Every write is a command: it is taken (202), decided once and in order, and has one outcome, which its status URL tells. Errors are problem documents (RFC 9457) with a stable code.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
        };
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            operation.Parameters = [.. operation.Parameters ?? [], .. Headers()];
        }

        var example = metadata.OfType<BodyExample>().FirstOrDefault();
        foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            content.Example = example is null ? null : JsonNode.Parse(example.Json);
        foreach (var (status, response) in operation.Responses ?? [])
            foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
                content.Example = AnswerTo(status, type);
        return Task.CompletedTask;
    }

    /// <summary>Every write is answered in one shape; the unsubscription, which a person sees, in words.</summary>
    private static JsonNode? AnswerTo(string status, string type) => (status, type) switch
    {
        ("200", "text/plain") => JsonValue.Create(UnsubscribeRoutes.Done),
        ("202", _) => JsonNode.Parse("""
            {
              "commandId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10",
              "status": "pending",
              "stream": "product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
              "statusUrl": "/commands/product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10?issued=2026-11-02T09:30:00.000Z"
            }
            """),
        ("200" or "201", _) => JsonNode.Parse("""
            {
              "commandId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10",
              "status": "applied",
              "stream": "product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
              "version": 7,
              "events": ["ProductPriceUpdated"],
              "statusUrl": "/commands/product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10?issued=2026-11-02T09:30:00.000Z"
            }
            """),
        _ => null,
    };

    private static bool IsRequest(Type type) =>
        type != typeof(AnswerBody) && type != typeof(Violation) && !type.IsAssignableTo(typeof(ProblemDetails));

    private static OpenApiParameter[] Headers() =>
    [
        Header("Idempotency-Key", "1 to 200 printable ASCII characters, in quotes or not. The same request under the same key is done once, and answered as it was the first time.", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\""),
        Header("If-Match", "The version that was seen, as ETag gives it, or *. Another one is refused with 412.", "\"7\""),
        Header("Prefer", "wait=N waits up to N seconds (at most 20) for the outcome.", "wait=5"),
    ];

    private static OpenApiParameter Header(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    };
}
