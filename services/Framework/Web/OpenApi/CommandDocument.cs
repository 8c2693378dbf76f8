using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Commands;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>A domain's part of the writes' OpenAPI document.</summary>
/// <param name="Bodies">The shapes of the request bodies.</param>
/// <param name="Pending">The answer to an undecided command, as JSON.</param>
/// <param name="Applied">The answer to an applied command, as JSON.</param>
public sealed record CommandDescription(
    IJsonTypeInfoResolver Bodies,
    string Pending,
    string Applied);

/// <summary>The OpenAPI document of the writes, at <c>/openapi/v1.json</c>.</summary>
public static class CommandDocument
{
    internal const string Name = "v1";

    private const string Bearer = "bearer";

    public static IServiceCollection AddCommandDocument(this IServiceCollection services, CommandDescription description) => services
        .DescribeTypes(description.Bodies)
        .AddOpenApi(Name, options =>
        {
            options.AddDocumentTransformer((document, _, _) => Complete(document));
            options.AddOperationTransformer((operation, context, _) => Complete(operation, context, description));
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

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CommandDescription description)
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
                content.Example = AnswerTo(status, type, metadata, description);
        return Task.CompletedTask;
    }

    /// <summary>Every write has the same form of answer, unless its route has its own example.</summary>
    private static JsonNode? AnswerTo(string status, string type, IList<object> metadata, CommandDescription description) => (status, type) switch
    {
        ("200", "text/plain") => metadata.OfType<AnswerExample>().FirstOrDefault() is { } own ? JsonNode.Parse(own.Json) : null,
        ("202", _) => JsonNode.Parse(description.Pending),
        ("200" or "201", _) => JsonNode.Parse(description.Applied),
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
