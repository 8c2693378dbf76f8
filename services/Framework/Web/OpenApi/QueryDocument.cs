using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>A domain's part of the OpenAPI document.</summary>
/// <param name="Description">The purpose of the service.</param>
/// <param name="Answers">The shapes of the answers.</param>
/// <param name="OpenCommands">Opens the command service's own document.</param>
public sealed record QueryDescription(
    string Description,
    IJsonTypeInfoResolver Answers,
    Func<Stream> OpenCommands);

/// <summary>The query service's part of the OpenAPI document.</summary>
public static class QueryDocument
{
    public const string Name = "v1";

    internal const string Bearer = "bearer";

    private const string TokenHelp =
        "An access token. On one machine, copy the text after Bearer from a .header file in .local, or POST a form with sub, email and group to the tokens URL that the start prints. "
        + "On AWS, sign in to the Cognito user pool.";

    public static IServiceCollection AddQueryDocument(this IServiceCollection services, QueryDescription description) => services
        .AddSingleton(description)
        .AddSingleton<ApiDocument>()
        .DescribeTypes(description.Answers)
        .AddOpenApi(Name, options =>
        {
            options.AddDocumentTransformer((document, _, _) => Complete(document, description.Description));
            options.DescribeNulls(isRequest: _ => false);
            options.DescribeProblems();
            options.DescribeGatewayAnswers();
            options.AddOperationTransformer((operation, context, _) => Complete(operation, context));
        });

    private static Task Complete(OpenApiDocument document, string description)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ServerlessCqrs",
            Version = "1",
            Description = description,
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
