using ServerlessCqrs.Local;
using ServerlessCqrs.LocalRuntime.Stack;

namespace ServerlessCqrs.LocalRuntime.Specs.Stack;

public sealed class WelcomeSpecs : IDisposable
{
    private static readonly Dictionary<string, string> Tokens = new[] { "seller", "customer", "operator" }.ToDictionary(role => role, role => $"{role}-token");
    private static readonly string Commands = ShopExamples.Commands(new Uri("http://127.0.0.1:8080/"), ".local/");
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Greeting_fits_80_columns_and_24_lines()
    {
        var lines = Welcome.Text(Ready(), TimeSpan.FromSeconds(100), ".local/", Commands, hasPage: true).Split('\n');

        Assert.InRange(lines.Length, 10, 24);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    [Fact]
    public void Greeting_shows_no_token()
    {
        Assert.DoesNotContain("-token", Welcome.Text(Ready(), TimeSpan.FromSeconds(9), ".local/", Commands, hasPage: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "the page, and the API behind it")]
    [InlineData(false, "the API; it caches reads")]
    public void Greeting_names_the_page_only_where_there_is_one(bool hasPage, string edge)
    {
        var edgeLine = Welcome.Text(Ready(), TimeSpan.FromSeconds(9), ".local/", Commands, hasPage).Split('\n')[3];

        Assert.EndsWith($" {edge}", edgeLine.TrimEnd('\r'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/srv/shop", "/srv/shop/.local", ".local/")]
    [InlineData("/srv/shop/infra", "/srv/shop/.local", "/srv/shop/.local/")]
    [InlineData("/srv/shop", "/var/data", "/var/data/")]
    public void Folder_is_relative_only_inside_the_current_one(string current, string folder, string shown)
    {
        Assert.Equal(shown, Welcome.FolderFrom(current, folder));
    }

    [Fact]
    public void Files_of_the_printed_commands_hold_headers_that_only_their_owner_reads()
    {
        TryFiles.Write(_folder, Tokens, ShopExamples.Files);

        Assert.Equal("Authorization: Bearer seller-token\n", File.ReadAllText(Path.Combine(_folder, "seller.header")));
        Assert.Equal("Authorization: Bearer customer-token\n", File.ReadAllText(Path.Combine(_folder, "customer.header")));
        Assert.Equal("Authorization: Bearer operator-token\n", File.ReadAllText(Path.Combine(_folder, "operator.header")));
        Assert.Contains("Wireless Headphones", File.ReadAllText(Path.Combine(_folder, "product.json")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "operator.header")));
    }

    private static ReadyFile Ready()
    {
        var url = new Uri("http://127.0.0.1:8080/");
        return new ReadyFile(url, url, url, url, url, url, new ReadyEndpoints(url, url, url, url, url, url, url), Tokens, new Dictionary<string, int>());
    }
}
