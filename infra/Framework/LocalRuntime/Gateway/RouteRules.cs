using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Decides which requests need a token, and which reads are private and therefore never cached. Both gateway and edge
/// use it.
/// </summary>
public sealed class RouteRules(EdgeRules rules)
{
    private readonly Pattern[] _privateReads = [.. rules.PrivateReads.Select(Pattern.Of)];
    private readonly Pattern[] _openWrites = [.. rules.OpenWrites.Select(Pattern.Of)];

    /// <summary>Whether the query service answers this <c>POST</c>.</summary>
    public bool IsReadByPost(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && rules.ReadsByPost.Any(path => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase));

    public static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    public bool IsPublicRead(HttpRequest request) => IsRead(request.Method) && !_privateReads.Any(pattern => pattern.Covers(request.Path));

    /// <summary>
    /// Private reads need a token, and so do all writes except the open ones. The query service itself checks the token
    /// of a read by <c>POST</c>.
    /// </summary>
    public bool NeedsToken(HttpRequest request) => IsRead(request.Method)
        ? !IsPublicRead(request)
        : !IsReadByPost(request) && !(HttpMethods.IsPost(request.Method) && _openWrites.Any(pattern => pattern.IsAbove(request.Path)));

    /// <summary>A pattern of paths. It ignores case, as the services' routes do.</summary>
    /// <param name="Start">The part before the first <c>*</c>.</param>
    /// <param name="Parts">The parts after it, without a <c>*</c> at the end.</param>
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

        /// <summary>Whether the pattern matches the path or one of its parents.</summary>
        public bool Covers(PathString path)
        {
            if (!path.StartsWithSegments(Start, out var rest)) return false;
            if (Parts.Length == 0) return true;
            var given = rest.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return given.Length >= Parts.Length && Parts.Zip(given).All(pair => pair.First == Any || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
        }

        /// <summary>Whether the path continues after the pattern's start.</summary>
        public bool IsAbove(PathString path) => path.StartsWithSegments(Start, out var rest) && rest.Value is { Length: > 1 };
    }
}
