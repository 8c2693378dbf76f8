using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessCqrs.Journeys.OperatorsConsole;

/// <summary>A real Chromium on the console that the stack printed.</summary>
internal sealed partial class ConsoleBrowser : IAsyncDisposable
{
    /// <summary>The folder for screenshots of the documentation; none are taken without it.</summary>
    private const string ScreenshotsSetting = "CONSOLE_SCREENSHOTS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _errors = [];

    private ConsoleBrowser(IPlaywright playwright, IBrowser browser, Uri url) => (_playwright, _browser, Url) = (playwright, browser, url);

    /// <summary>As the greeting has it, with the token behind <c>#</c>.</summary>
    public Uri Url { get; }

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static async Task<ConsoleBrowser> StartAsync(LocalStack stack)
    {
        var chromium = Find();
        Assert.SkipWhen(chromium is null, "No Chromium on the PATH. Install it (on Debian: apt install chromium), or name it in CHROMIUM.");
        var url = "";
        await Eventually.TrueAsync(() => Task.FromResult((url = Printed().Match(stack.Output).Groups[1].Value).Length > 0), Patience, () => $"no console was printed\n{stack.Output}");
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () => await AnswersAsync(http, url), Patience, () => $"the console does not serve its page\n{stack.Output}");
        var playwright = await Playwright.CreateAsync();
        // Containers have no user namespaces for the sandbox. The only page is our own.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        return new ConsoleBrowser(playwright, browser, new Uri(url));
    }

    /// <summary>A window of its own on a page of the console.</summary>
    public async Task<IPage> OpenAsync(string path = "/", ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = 1440, Height = 1000 },
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Keep(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) Keep(message.Text);
        };
        await page.GotoAsync(new Uri(Url, path).GetLeftPart(UriPartial.Path) + Url.Fragment);
        return page;
    }

    /// <summary>Serious and critical findings of axe-core, a line each.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        // The browser itself evaluates it, so the page's content security policy stays as it is.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Programs.RepositoryRoot, "services/Framework/WebConsole/web/node_modules/axe-core/axe.min.js")));
        var result = await page.EvaluateAsync<JsonElement>("() => axe.run({ resultTypes: ['violations'] })");
        return
        [
            .. result.GetProperty("violations").EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation => $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("html").GetString()}"),
        ];
    }

    public static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsSetting) is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"console-{name}.png"), FullPage = true });
    }

    /// <summary>No window logged an error.</summary>
    public void AssertClean()
    {
        lock (_errors) Assert.Empty(_errors);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string url)
    {
        try
        {
            using var answer = await http.GetAsync(url);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    private void Keep(string error)
    {
        lock (_errors) _errors.Add(error);
    }

    [GeneratedRegex(@"console +(http://127\.0\.0\.1:\d+/#[0-9a-f]{32})")]
    private static partial Regex Printed();
}
