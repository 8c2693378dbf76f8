using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessCqrs.Journeys.Page;

/// <summary>axe-core's judgement of a page: WCAG 2.2 A and AA.</summary>
internal static class Accessibility
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Programs.RepositoryRoot, "services", "ShopWeb", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>Its serious and critical findings, a line each.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        // Evaluated by the browser itself, so the page's content security policy stays as it is.
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
