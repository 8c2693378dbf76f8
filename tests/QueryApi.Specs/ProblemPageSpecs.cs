using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>docs/problems.md has a row for every code of a problem, and the query service shows each as a page.</summary>
public sealed partial class ProblemPageSpecs : IDisposable
{
    /// <summary>Texts in the same form that are no codes: claims of tokens.</summary>
    private static readonly string[] NoCodes = ["client_id", "email_verified", "token_use"];

    /// <summary>Codes of one word, which the sources do not tell from other words.</summary>
    private static readonly string[] OneWord = ["refused", "unavailable"];

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    private static readonly IReadOnlyList<ProblemPage> Rows =
        [.. ProblemPages.Parse(File.ReadAllText(Path.Combine(Root, "docs", "problems.md")))];

    private static readonly IReadOnlyList<Refusal> Refusals = [.. ShopDomain.Instance.Refusals, .. CommonRefusals.All];

    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Every_code_has_one_row_and_every_row_a_code() => Assert.Equal(
        CodesOfSources().Except(NoCodes).Concat(OneWord).Union(Refusals.Select(refusal => refusal.Code)).Order(StringComparer.Ordinal),
        Rows.Select(row => row.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void Row_of_a_refusal_has_the_status_of_its_kind() => Assert.All(Refusals, refusal =>
    {
        var statuses = Rows.Single(row => row.Code == refusal.Code).Status.Split(", ").Select(int.Parse).ToList();
        // What breaks a limit is refused before it is sent.
        if (refusal.Kind == RefusalKind.Rule) statuses.Remove(400);
        Assert.All(statuses, status => Assert.Equal(RefusalStatuses.Of(refusal.Kind), status));
    });

    [Fact]
    public async Task Type_of_a_problem_links_to_the_page_of_its_code()
    {
        var problem = await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}"))
            .ShouldBeProblemAsync(404, "product_not_found");

        var page = await _server.Anyone.SendAsync($"GET {problem["type"]}");
        Assert.Equal((200, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<h1>product_not_found</h1>", html, StringComparison.Ordinal);
        Assert.Contains("There is no such product. Check the id.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_row_is_a_page_and_an_unknown_code_is_404()
    {
        foreach (var row in Rows)
            Assert.Equal(200, (int)(await _server.Anyone.SendAsync($"GET {ProblemPages.TypeOf(row.Code)}")).StatusCode);
        await (await _server.Anyone.SendAsync("GET /docs/problems/nothing")).ShouldBeProblemAsync(404, "route_not_found");
    }

    private static IEnumerable<string> CodesOfSources() =>
        ((string[])["services/Framework/Web", "services/Framework/Graph", "services/QueryApi", "services/CommandApi"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Concat(((string[])
            [
                "services/Framework/Lambda/Http/HttpApiAnswer.cs",
                "infra/Framework/LocalRuntime/Edge/SiteFiles.cs",
                "infra/Framework/Cdk/Services/page-paths.js",
            ]).Select(file => Path.Combine(Root, file)))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)))
            .Select(code => code.Groups[1].Value)
            .Distinct();

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("""["']([a-z]+(?:_[a-z]+)+)["']""")]
    private static partial Regex Code();
}
