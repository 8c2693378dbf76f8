using Microsoft.Extensions.Configuration;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Web;

/// <summary>The settings of both HTTP services about their callers, with names from <c>infra/Topology</c>.</summary>
/// <param name="CorsOrigins">The origins from which browsers may call, possibly none.</param>
public sealed record TokenSettings(
    string Issuer,
    string Audience,
    IReadOnlyList<string> CorsOrigins)
{
    /// <exception cref="InvalidOperationException">A setting is missing. The message names it.</exception>
    public static TokenSettings From(IConfiguration configuration) => new(
        configuration.Required("TOKEN_ISSUER"),
        configuration.Required("TOKEN_AUDIENCE"),
        (configuration["CORS_ORIGINS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
