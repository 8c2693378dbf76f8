using System.Text.RegularExpressions;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>CloudFront's cache keys, as the topology defines them.</summary>
public static class EdgeKey
{
    private static readonly Regex Private = new(string.Join('|', ShopTopology.Edge.PrivateReads.Select(pattern => $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$")), RegexOptions.Compiled);

    /// <summary>Returns the cache key of a request, or null if its answer is private.</summary>
    public static string? Of(SimRequest request) => request.Method == "GET" && !IsPrivate(request.Path)
        ? string.Join('\n', [request.Target, .. ShopTopology.Edge.KeyHeaders.Select(name => request.Headers.GetValueOrDefault(name.ToLowerInvariant(), ""))])
        : null;

    public static bool IsPrivate(string path) => Private.IsMatch(path);
}
