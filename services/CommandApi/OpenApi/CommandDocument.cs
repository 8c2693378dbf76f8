using Microsoft.OpenApi;
using ServerlessCqrs.CommandApi.Auth;
using ServerlessCqrs.CommandApi.Requests;

namespace ServerlessCqrs.CommandApi.OpenApi;

/// <summary>The OpenAPI document of the writes, at <c>/openapi/v1.json</c>.</summary>
public static class CommandDocument
{
    public static IServiceCollection AddCommandDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "ServerlessCqrs: writes", Version = "1" };
            return Task.CompletedTask;
        });
    });
}
