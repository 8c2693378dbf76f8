using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.Web;

/// <summary>Wraps routes' handlers. An endpoint filter would box the handler's arguments for every request.</summary>
public static class EndpointWrapping
{
    /// <summary>Wraps the routes' delegate. The wrapper that is added last is the outermost.</summary>
    public static TBuilder Wrap<TBuilder>(this TBuilder routes, Func<RequestDelegate, RequestDelegate> wrap)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint => endpoint.RequestDelegate = wrap(endpoint.RequestDelegate!));
        return routes;
    }
}
