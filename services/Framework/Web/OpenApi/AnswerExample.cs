namespace ServerlessCqrs.Web.OpenApi;

/// <summary>An example answer of a route for the OpenAPI page.</summary>
public sealed record AnswerExample(string Json);

/// <summary>Sets a route's example answer.</summary>
public static class AnswerExampleExtensions
{
    public static TBuilder WithAnswerExample<TBuilder>(this TBuilder route, string json)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AnswerExample(json));
}
