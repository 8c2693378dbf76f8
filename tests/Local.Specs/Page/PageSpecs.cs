using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.NpmBuilds;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Page;

/// <summary>
/// The page's build and the specs of its logic. The build fails above 150 kB gzip or with a wrong type.
/// </summary>
public sealed class PageSpecs
{
    private static readonly string Root = RepositoryRoot.Find();
    private static readonly string Folder = Path.Combine(Root, ShopPage.Site.Project);

    [Fact]
    public async Task Page_is_built_from_its_sources()
    {
        await EnsureBuiltAsync();

        var index = await File.ReadAllTextAsync(Path.Combine(PageBuild.FolderOf(Root, ShopPage.Site), "index.html"), TestContext.Current.CancellationToken);
        Assert.Contains("""<script type="module" crossorigin src="/assets/index-""", index, StringComparison.Ordinal);
        // The content security policy refuses both.
        Assert.DoesNotContain("<style", index, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", index, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Specs_of_the_pages_logic_pass()
    {
        await EnsureBuiltAsync();
        var start = new ProcessStartInfo(NodeRuntime.Find(Root), ["--test", "src/**/*.test.ts"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, output + await errors);
        Assert.DoesNotContain("# tests 0", output, StringComparison.Ordinal);
    }

    private static async Task EnsureBuiltAsync()
    {
        await NpmPackages.EnsureInstalledAsync(Root, NullLogger.Instance, TestContext.Current.CancellationToken);
        await PageBuild.EnsureBuiltAsync(Root, ShopPage.Site, NullLogger.Instance, TestContext.Current.CancellationToken);
    }
}
