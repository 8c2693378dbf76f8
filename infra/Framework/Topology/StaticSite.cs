namespace ServerlessCqrs.Topology;

/// <summary>
/// A page of static files on the API's host. The edge decides by path alone, as CloudFront caches by path. API paths go
/// to the gateway, the page's routes return its <c>index.html</c>, its files are served, and every other path is 404.
/// Patterns are CloudFront's: <c>*</c> matches any characters, and case matters.
/// </summary>
/// <param name="Project">The folder with the page's sources and <c>package.json</c>, relative to the repository.</param>
/// <param name="Routes">The paths of the page's own router.</param>
/// <param name="SignedIn">The route to which the identity provider redirects after a sign-in.</param>
/// <param name="Files">Files with fixed names.</param>
/// <param name="ApiPaths">Paths of the API.</param>
public sealed record StaticSite(
    string Project,
    IReadOnlyList<string> Routes,
    string SignedIn,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> ApiPaths)
{
    public const string Index = "/index.html";

    /// <summary>The JSON file with the settings that differ between environments: the identity provider.</summary>
    public const string Configuration = "/config.json";

    /// <summary>The build names these files by a hash of their content, so they never change.</summary>
    public const string HashedFiles = "/assets/*";

    /// <summary>One year, the most that RFC 9111 caches use.</summary>
    public const string HashedLife = "public, max-age=31536000, immutable";

    /// <summary>Browsers revalidate on each use and mostly get 304, so a deployment shows at once.</summary>
    public const string NamedLife = "no-cache";

    public bool IsApi(string path) => ApiPaths.Any(pattern => Matches(pattern, path));

    public bool IsRoute(string path) => Routes.Any(pattern => Matches(pattern, path));

    public bool IsFile(string path) => path is Index or Configuration || Matches(HashedFiles, path) || Files.Contains(path);

    /// <summary>
    /// The page may load its own files, images from any host, and the identity provider. It may not run inline scripts
    /// or use inline styles, so text from a product never runs.
    /// </summary>
    /// <param name="identity">The origins of the identity provider.</param>
    public static string ContentSecurityPolicy(IEnumerable<string> identity) => string.Join("; ",
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' https: data:",
        $"connect-src {string.Join(' ', ["'self'", .. identity])}",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]);

    private static bool Matches(string pattern, string path) => pattern.IndexOf('*', StringComparison.Ordinal) is var star and >= 0
        ? path.Length >= pattern.Length - 1
            && path.StartsWith(pattern[..star], StringComparison.Ordinal)
            && path.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal)
        : pattern == path;
}
