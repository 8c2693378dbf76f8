using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessCqrs.Journeys.Page;

/// <summary>Checks a page with axe-core: WCAG 2.2 A and AA.</summary>
internal static class Accessibility
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Programs.RepositoryRoot, "services", "ShopWeb", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>Returns the serious and critical findings, one per line.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        // The browser itself evaluates the script, so the page's content security policy stays unchanged.
        await page.EvaluateAsync(Axe);
        var result = await page.EvaluateAsync<JsonElement>("() => axe.run({ resultTypes: ['violations'] })");
        return
        [
            .. result.GetProperty("violations").EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation => $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("html").GetString()}"),
        ];
    }
}
