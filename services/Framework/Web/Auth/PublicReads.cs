using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.Web.Auth;

/// <summary>A public read gives the same answer to everybody. Its token is ignored, valid or not.</summary>
public static class PublicReads
{
    /// <summary>Creates no service scope for the requests of routes with <see cref="AskSingletonsOnly"/>.</summary>
    public static IApplicationBuilder UseSharedServices(this IApplicationBuilder app)
    {
        var shared = new SharedServices(app.ApplicationServices);
        return app.Use((http, next) =>
        {
            // A host with its own services per request has set them before.
            if (http.GetEndpoint()?.Metadata.GetMetadata<SingletonsOnly>() is not null && http.Features.Get<IServiceProvidersFeature>() is null)
                http.Features.Set<IServiceProvidersFeature>(shared);
            return next(http);
        });
    }

    /// <summary>Authenticates and authorizes private reads only.</summary>
    public static IApplicationBuilder UseTokensOnPrivateReads(this IApplicationBuilder app)
    {
        RequestDelegate? behind = null;
        return app
            .Use((http, next) =>
            {
                if (http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null) return next(http);
                http.Request.Headers.Authorization = default;
                return behind!(http);
            })
            .UseAuthentication()
            .UseAuthorization()
            .Use(next => behind = next);
    }

    /// <summary>Declares that the routes' handlers use only singletons.</summary>
    public static TBuilder AskSingletonsOnly<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new SingletonsOnly());

    private sealed record SingletonsOnly;

    private sealed class SharedServices(IServiceProvider services) : IServiceProvidersFeature
    {
        public IServiceProvider RequestServices
        {
            get => services;
            set => throw new NotSupportedException("A public read has no services of its own request.");
        }
    }
}
