using Microsoft.Extensions.Configuration;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Web;

/// <summary>What the environment tells both HTTP services about their callers: the names that <c>infra/Topology</c> gives it.</summary>
/// <param name="CorsOrigins">Origins that browsers may call from; none where it is empty.</param>
public sealed record TokenSettings(
    string Issuer,
    string Audience,
    IReadOnlyList<string> CorsOrigins)
{
    /// <exception cref="InvalidOperationException">A setting is missing: its name is in the message.</exception>
    public static TokenSettings From(IConfiguration configuration) => new(
        configuration.Required("TOKEN_ISSUER"),
        configuration.Required("TOKEN_AUDIENCE"),
        (configuration["CORS_ORIGINS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
