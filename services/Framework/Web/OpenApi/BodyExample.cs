namespace ServerlessCqrs.Web.OpenApi;

/// <summary>An example body of a route for the OpenAPI page.</summary>
public sealed record BodyExample(string Json);

public static class BodyExampleExtensions
{
    public static TBuilder WithBodyExample<TBuilder>(this TBuilder route, string json)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BodyExample(json));
}
