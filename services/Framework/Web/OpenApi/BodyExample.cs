namespace ServerlessCqrs.Web.OpenApi;

/// <summary>A body that a route takes, for its page.</summary>
public sealed record BodyExample(string Json);

public static class BodyExampleExtensions
{
    public static TBuilder WithBodyExample<TBuilder>(this TBuilder route, string json)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BodyExample(json));
}
