using Microsoft.AspNetCore.Authorization;

namespace ServerlessCqrs.QueryApi.Auth;

/// <summary>A public read is the same for everybody: a token on it, good or bad, is not even looked at.</summary>
public static class PublicReads
{
    public static IApplicationBuilder UsePublicReadsWithoutTokens(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null) http.Request.Headers.Remove("Authorization");
        return next(http);
    });
}
