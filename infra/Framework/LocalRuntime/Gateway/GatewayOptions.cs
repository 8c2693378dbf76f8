using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>The options of the local API Gateway.</summary>
/// <param name="Port">0 for any free port.</param>
/// <param name="Routes">The URL of each service. The topology defines its methods and their throttle.</param>
/// <param name="Rules">Which requests need a token, and which cross-origin requests are allowed.</param>
/// <param name="Issuer">The token issuer; its discovery document contains the keys.</param>
/// <param name="Audience">The expected <c>aud</c> of a token, or <c>client_id</c> of a token without
/// <c>aud</c>.</param>
/// <param name="CorsOrigins">The allowed origins; empty for none, <c>*</c> for any.</param>
public sealed record GatewayOptions(
    int Port,
    IReadOnlyDictionary<HttpService, Uri> Routes,
    EdgeRules Rules,
    string Issuer,
    string Audience,
    IReadOnlyList<string> CorsOrigins)
{
    /// <summary>
    /// The longest that an HTTP API waits for its integration. A service's own timeout can be shorter.
    /// </summary>
    public TimeSpan Timeout { get; init; } = GatewayLimits.LongestAnswer;

    /// <summary>The secret that the services expect; null if they accept any caller.</summary>
    public string? EdgeSecret { get; init; }

    /// <summary>How long a request waits for a service that restarts, like a cold start on Lambda.</summary>
    public TimeSpan ColdStart { get; init; } = TimeSpan.FromSeconds(10);
}
