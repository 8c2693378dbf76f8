using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web;

/// <summary>
/// Ids in paths: a route with <c>{id:uuid}</c> accepts only the spelling of <see cref="Uuid"/>. Another spelling
/// matches no route.
/// </summary>
public static class UuidRoutes
{
    public static IServiceCollection AddUuidRoutes(this IServiceCollection services) => services.Configure<RouteOptions>(options => options.SetParameterPolicy<Constraint>("uuid"));

    private sealed class Constraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values.TryGetValue(routeKey, out var value) && (value is Guid || Uuid.TryParse(value as string, out _));
    }
}
