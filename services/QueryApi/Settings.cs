namespace ServerlessCqrs.QueryApi;

/// <summary>What the environment tells the query service: the names that <c>infra/Topology</c> gives it.</summary>
/// <param name="CorsOrigins">Origins that browsers may call from; none where it is empty.</param>
public sealed record Settings(
    string TokenIssuer,
    string TokenAudience,
    IReadOnlyList<string> CorsOrigins)
{
    /// <exception cref="InvalidOperationException">A setting is missing: its name is in the message.</exception>
    public static Settings From(IConfiguration configuration) => new(
        Required(configuration, "TOKEN_ISSUER"),
        Required(configuration, "TOKEN_AUDIENCE"),
        (configuration["CORS_ORIGINS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Required(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name} is missing.");
}
