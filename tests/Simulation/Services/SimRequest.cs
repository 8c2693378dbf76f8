using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>An HTTP request of a caller.</summary>
/// <param name="Target">Path and query string.</param>
/// <param name="Body">JSON, or empty.</param>
/// <param name="By">The actor of its token, or null without a token.</param>
/// <param name="TokenEnds">The time of that token's expiry.</param>
public sealed record SimRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    string Body = "",
    Actor? By = null,
    DateTimeOffset? TokenEnds = null)
{
    public string Path => Target.Split('?')[0];

    public string Query => Target.Split('?') is [_, var query] ? query : "";

    /// <summary>Creates a request without a token.</summary>
    public static SimRequest Get(string target, string? origin = null) =>
        new("GET", target, origin is null ? [] : new Dictionary<string, string> { ["origin"] = origin });

    /// <summary>Returns the request with a token.</summary>
    public SimRequest With(SimToken token) => this with
    {
        Headers = new Dictionary<string, string>(Headers) { ["authorization"] = $"Bearer {token.Text}" },
        By = token.Actor,
        TokenEnds = token.Ends,
    };

    /// <summary>Returns the value of a query parameter.</summary>
    public string? Parameter(string name) => Query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1]))
        .FirstOrDefault();
}
