using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>
/// The schema of a problem document (RFC 9457) as <see cref="ProblemDocuments"/> writes it. The framework knows neither
/// our extensions nor the required fields.
/// </summary>
public static class ProblemSchema
{
    private static readonly HashSet<string> Always = ["type", "title", "status", "detail", "code", "traceId"];

    public static OpenApiOptions DescribeProblems(this OpenApiOptions options) =>
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails) && schema.Properties is { } properties) Complete(schema, properties);
            return Task.CompletedTask;
        });

    private static void Complete(OpenApiSchema schema, IDictionary<string, IOpenApiSchema> properties)
    {
        properties.Remove("instance");
        properties["type"] = Text("The page of the code.", format: "uri-reference");
        properties["code"] = Text("Stable, snake_case: what programs switch on.");
        properties["traceId"] = Text("Name it when you ask us about this answer.");
        properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "What is wrong, field by field, when the problem is about fields.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["field"] = Text("The field's path in the body."),
                    ["code"] = Text("Stable, snake_case."),
                    ["message"] = Text("The same for a person."),
                },
                Required = new HashSet<string> { "field", "code", "message" },
            },
        };
        properties["commandId"] = Text("The refused command.", format: "uuid");
        properties["stream"] = Text("The stream of the refused command.");
        properties["version"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "The stream's version after the refusal." };
        properties["statusUrl"] = Text("Where the command's status is.", format: "uri-reference");
        schema.Required = new HashSet<string>(Always);
    }

    private static OpenApiSchema Text(string description, string? format = null) => new() { Type = JsonSchemaType.String, Description = description, Format = format };
}
