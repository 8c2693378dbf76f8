using Scalar.AspNetCore;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>The OpenAPI document of both services and the page to try them, all served by this service.</summary>
public static class ApiDocumentRoutes
{
    private const string DocumentPath = "/openapi/v1.json";

    public static IEndpointRouteBuilder MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(DocumentPath, (ApiDocument document, CancellationToken ct) => document.AnswerAsync(ct)).ExcludeFromDescription();
        routes.MapScalarApiReference("/docs", options => options
                .WithTitle("ServerlessCqrs")
                .WithOpenApiRoutePattern(DocumentPath)
                .AddPreferredSecuritySchemes(QueryDocument.Bearer)
                .EnablePersistentAuthentication()
                .WithDefaultHttpClient(ScalarTarget.Shell, ScalarClient.Curl)
                .HideClientButton()
                .HideDeveloperTools()
                .DisableDefaultFonts()
                .DisableAgent()
                .DisableMcp()
                .DisableTelemetry())
            .AddEndpointFilter(async (context, next) =>
            {
                var headers = context.HttpContext.Response.Headers;
                headers.CacheControl = CacheFor.Documents;
                headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
                return await next(context);
            });
        return routes;
    }
}
