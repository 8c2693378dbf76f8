using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>What API Gateway is played with.</summary>
/// <param name="Port">0 for any free one.</param>
/// <param name="Routes">Each service with the URL that it listens on; the topology says its methods and their throttle.</param>
/// <param name="Rules">Which requests need a token, and what browsers may do.</param>
/// <param name="Issuer">Its discovery document tells the keys.</param>
/// <param name="Audience">A token's <c>aud</c>, or its <c>client_id</c> where it has none.</param>
/// <param name="CorsOrigins">Empty where browsers may not call; <c>*</c> for any.</param>
public sealed record GatewayOptions(
    int Port,
    IReadOnlyDictionary<HttpService, Uri> Routes,
    EdgeRules Rules,
    string Issuer,
    string Audience,
    IReadOnlyList<string> CorsOrigins)
{
    /// <summary>The most that an HTTP API waits for its integration. A service's own timeout may be shorter.</summary>
    public TimeSpan Timeout { get; init; } = GatewayLimits.LongestAnswer;

    /// <summary>What the services want to see; null when anybody may call them.</summary>
    public string? EdgeSecret { get; init; }

    /// <summary>How long a request waits for a service that does not listen: while it is started again, as a cold start on Lambda.</summary>
    public TimeSpan ColdStart { get; init; } = TimeSpan.FromSeconds(10);
}
