using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>Says which requests need a token, and which reads are private and therefore never cached. The gateway and the edge both ask here.</summary>
public sealed class RouteRules(EdgeRules rules)
{
    private readonly Pattern[] _privateReads = [.. rules.PrivateReads.Select(Pattern.Of)];
    private readonly Pattern[] _openWrites = [.. rules.OpenWrites.Select(Pattern.Of)];

    public static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    public bool IsPublicRead(HttpRequest request) => IsRead(request.Method) && !_privateReads.Any(pattern => pattern.Covers(request.Path));

    /// <summary>Private reads and all writes do, except the open ones.</summary>
    public bool NeedsToken(HttpRequest request) => IsRead(request.Method)
        ? !IsPublicRead(request)
        : !(HttpMethods.IsPost(request.Method) && _openWrites.Any(pattern => pattern.IsAbove(request.Path)));

    /// <summary>A pattern of paths, without regard to case, as the services' own routes are.</summary>
    /// <param name="Start">Up to the first <c>*</c>.</param>
    /// <param name="Parts">After it, without a <c>*</c> at the end.</param>
    private sealed record Pattern(
        PathString Start,
        string[] Parts)
    {
        private const string Any = "*";

        public static Pattern Of(string pattern)
        {
            var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var literal = parts.TakeWhile(part => part != Any).Count();
            return new Pattern('/' + string.Join('/', parts[..literal]), parts[^1] == Any ? parts[literal..^1] : parts[literal..]);
        }

        /// <summary>Whether the path or one above it matches.</summary>
        public bool Covers(PathString path)
        {
            if (!path.StartsWithSegments(Start, out var rest)) return false;
            if (Parts.Length == 0) return true;
            var given = rest.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return given.Length >= Parts.Length && Parts.Zip(given).All(pair => pair.First == Any || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
        }

        /// <summary>Whether the path goes on after the pattern's start.</summary>
        public bool IsAbove(PathString path) => path.StartsWithSegments(Start, out var rest) && rest.Value is { Length: > 1 };
    }
}
