using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>
/// Describes the answers of API Gateway itself: <c>{"message": "…"}</c> instead of a problem document. An HTTP API has
/// no custom gateway responses (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html).
/// </summary>
public static class GatewayAnswers
{
    private static readonly IReadOnlyDictionary<string, string> Always = new Dictionary<string, string>
    {
        ["429"] = "Too many requests: API Gateway's throttle. Retry-After says when to retry.",
        ["500"] = "The service failed.",
        ["503"] = "Something that the service needs does not answer, or the service did not answer in time. Retry-After says when to retry.",
    };

    public static OpenApiOptions DescribeGatewayAnswers(this OpenApiOptions options) =>
        options.AddOperationTransformer((operation, _, _) =>
        {
            var responses = operation.Responses ??= [];
            foreach (var (status, description) in Always)
                if (!responses.ContainsKey(status)) responses[status] = new OpenApiResponse { Description = description };
            foreach (var status in responses.Keys.Where(status => status is "401" or "413" || Always.ContainsKey(status)))
                if (responses[status] is OpenApiResponse response) AddMessage(response);
            return Task.CompletedTask;
        });

    private static void AddMessage(OpenApiResponse response)
    {
        response.Content ??= new Dictionary<string, OpenApiMediaType>();
        // If the service itself answers in JSON, its own schema stays.
        response.Content.TryAdd("application/json", new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema> { ["message"] = new OpenApiSchema { Type = JsonSchemaType.String } },
                Required = new HashSet<string> { "message" },
            },
        });
    }
}
