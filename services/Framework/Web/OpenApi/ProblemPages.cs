using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>What a problem's code means.</summary>
/// <param name="Status">The HTTP status, or several.</param>
/// <param name="Meaning">The meaning, and what to do.</param>
public sealed record ProblemPage(
    string Code,
    string Status,
    string Meaning);

/// <summary>
/// The pages that the types of problems link to. They come from a Markdown page, whose tables have a row per code.
/// </summary>
public static partial class ProblemPages
{
    /// <summary>The path of a code's page, without the code.</summary>
    public const string Path = "/docs/problems/";

    /// <summary>Returns the type of a problem document, which is the path of its page (RFC 9457, 3.1.1).</summary>
    public static string TypeOf(string code) => Path + code;

    /// <param name="open">Opens the Markdown page.</param>
    public static IEndpointRouteBuilder MapProblemPages(this IEndpointRouteBuilder routes, Func<Stream> open)
    {
        var pages = new Lazy<FrozenDictionary<string, ProblemPage>>(() => Read(open));
        routes.MapGet($"{Path}{{code}}", (string code, HttpContext http) => Answer(pages.Value, code, http))
            .ExcludeFromDescription();
        return routes;
    }

    /// <summary>Reads the rows of all tables.</summary>
    public static IEnumerable<ProblemPage> Parse(string markdown) => Row().Matches(markdown).Select(row =>
        new ProblemPage(row.Groups["code"].Value, row.Groups["status"].Value, row.Groups["meaning"].Value));

    private static FrozenDictionary<string, ProblemPage> Read(Func<Stream> open)
    {
        using var reader = new StreamReader(open());
        return Parse(reader.ReadToEnd()).ToFrozenDictionary(page => page.Code);
    }

    private static IResult Answer(FrozenDictionary<string, ProblemPage> pages, string code, HttpContext http)
    {
        if (!pages.TryGetValue(code, out var page))
        {
            return new Problem(StatusCodes.Status404NotFound, "route_not_found", "There is no problem with this code.")
                .ToResult();
        }

        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        var html = Encoding.UTF8.GetBytes(Html(page));
        return new JsonAnswer(html, EntityTags.OfContent(html), CacheFor.Documents, "text/html; charset=utf-8");
    }

    private static string Html(ProblemPage page) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{page.Code}</title></head>
        <body>
        <h1>{page.Code}</h1>
        <p>HTTP status {page.Status}.</p>
        <p>{HtmlEncoder.Default.Encode(page.Meaning)}</p>
        <p><a href="/docs">All routes</a></p>
        </body>
        </html>
        """;

    [GeneratedRegex(@"^\| `(?<code>[a-z_]+)` \| (?<status>[0-9, ]+) \| (?<meaning>.+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
