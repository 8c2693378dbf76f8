namespace ServerlessCqrs.CommandApi.OpenApi;

/// <summary>A body that a route takes, for its page.</summary>
public sealed record BodyExample(string Json);

public static class BodyExampleExtensions
{
    public static TBuilder WithExample<TBuilder>(this TBuilder route, string json)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BodyExample(json));
}
