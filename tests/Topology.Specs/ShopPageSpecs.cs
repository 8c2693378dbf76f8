using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Topology.Specs;

/// <summary>The edge decides by path alone: page, files and API must not share one.</summary>
public sealed partial class ShopPageSpecs
{
    private static readonly StaticSite Site = ShopPage.Site;

    [Fact]
    public void Edge_and_page_have_the_same_routes()
    {
        var routes = Route().Matches(File.ReadAllText(Path.Combine(Sources(), Site.Project, "src", "routes.ts")))
            .Select(match => Parameter().Replace(match.Groups[1].Value, "*"));
        Assert.Equal(Site.Routes.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_path_of_the_api_goes_to_the_gateway()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Sources(), "docs", "openapi.json")));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        Assert.NotEmpty(paths);
        Assert.All([.. paths, "/docs", "/docs/", "/openapi/v1.json", "/unsubscribe/{token}"], path => Assert.True(Site.IsApi(path), path));
    }

    [Fact]
    public void No_path_is_of_both_page_and_api()
    {
        Assert.All([.. Site.Routes, .. Site.Files, StaticSite.Index, StaticSite.Configuration, StaticSite.HashedFiles], path => Assert.False(Site.IsApi(path), path));
        Assert.Contains(Site.SignedIn, Site.Routes);
    }

    [Theory]
    [InlineData("/shop/products/1", true)]
    [InlineData("/shop/products/", true)]
    [InlineData("/shop/products", false)]
    [InlineData("/shop/nothing", false)]
    [InlineData("/SHOP/basket", false)]
    [InlineData("/", true)]
    public void Pattern_matches_as_in_cloudfront(string path, bool isRoute) => Assert.Equal(isRoute, Site.IsRoute(path));

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessCqrs.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The sources are not above the tests.");
    }

    [GeneratedRegex("""^  \w+: "(/[^"]*)",$""", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex(":[a-z]+")]
    private static partial Regex Parameter();
}
