using ServerlessCqrs.Http;

namespace ServerlessCqrs.QueryApi.Problems;

/// <summary>Refuses query parameters that a route does not have, or has twice: a misspelt <c>atLeastVersion</c> must not quietly give an older product.</summary>
public static class KnownParameters
{
    public static RouteHandlerBuilder TakesOnly(this RouteHandlerBuilder route, params string[] names) => route.AddEndpointFilter(async (context, next) =>
    {
        foreach (var (name, values) in context.HttpContext.Request.Query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
                return new Problem(400, "parameter_unknown", names.Length == 0 ? "No query parameters are taken here." : $"Only these query parameters are taken here: {string.Join(", ", names)}.").ToResult();
            if (values.Count > 1)
                return new Problem(400, "parameter_repeated", $"The parameter {name} is given more than once.").ToResult();
        }

        return await next(context);
    });
}
