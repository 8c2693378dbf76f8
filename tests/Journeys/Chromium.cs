using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessCqrs.Journeys;

/// <summary>The Chromium of this machine, and what every page must pass in it.</summary>
internal static class Chromium
{
    private static readonly string Axe = Path.Combine(Programs.RepositoryRoot, "services", "ShopWeb", "node_modules", "axe-core", "axe.min.js");

    /// <summary>Skips the test if no Chromium is installed.</summary>
    public static string Find()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "No Chromium on the PATH. Install it (on Debian: apt install chromium), or name it in CHROMIUM.");
        return chromium;
    }

    /// <summary>Starts it. Containers have no user namespaces for the sandbox; the only pages are the project's own.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string chromium) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });

    /// <summary>Reports every error that the page logs.</summary>
    public static void WatchErrors(IPage page, Action<string> report)
    {
        page.PageError += (_, error) => report(error);
        page.Console += (_, message) =>
        {
            // The browser logs each refusal, and each request or socket without a connection.
            if (message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && !message.Text.StartsWith("WebSocket connection to", StringComparison.Ordinal)) report(message.Text);
        };
    }

    /// <summary>Checks the page with axe-core: WCAG 2.2 A and AA. Returns the serious and critical findings, one per line.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        // The browser itself evaluates the script, so the page's content security policy stays unchanged.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        var result = await page.EvaluateAsync<JsonElement>("() => axe.run({ resultTypes: ['violations'] })");
        return
        [
            .. result.GetProperty("violations").EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation => $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("html").GetString()}"),
        ];
    }
}
