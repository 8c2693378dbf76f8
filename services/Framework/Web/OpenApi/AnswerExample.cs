namespace ServerlessCqrs.Web.OpenApi;

/// <summary>What a route answers, for its page.</summary>
public sealed record AnswerExample(string Json);

/// <summary>Gives a route its example.</summary>
public static class AnswerExampleExtensions
{
    public static TBuilder WithAnswerExample<TBuilder>(this TBuilder route, string json)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AnswerExample(json));
}
