using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.Web.Auth;

/// <summary>A public read is the same for everybody: a token on it, good or bad, is not even looked at.</summary>
public static class PublicReads
{
    /// <summary>No scope of services is made for the requests of routes that <see cref="AskSingletonsOnly"/>.</summary>
    public static IApplicationBuilder UseSharedServices(this IApplicationBuilder app)
    {
        var shared = new SharedServices(app.ApplicationServices);
        return app.Use((http, next) =>
        {
            // A host that gives a request services of its own has set them by now.
            if (http.GetEndpoint()?.Metadata.GetMetadata<SingletonsOnly>() is not null && http.Features.Get<IServiceProvidersFeature>() is null)
                http.Features.Set<IServiceProvidersFeature>(shared);
            return next(http);
        });
    }

    /// <summary>Authenticates and authorizes the callers of private reads. Public ones pass by.</summary>
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

    /// <summary>The routes' handlers ask for singletons alone.</summary>
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
