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
        var chromium = Chromium.Find();
        var url = "";
        await Eventually.TrueAsync(() => Task.FromResult((url = Printed().Match(stack.Output).Groups[1].Value).Length > 0), Patience, () => $"no console was printed\n{stack.Output}");
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () => await AnswersAsync(http, url), Patience, () => $"the console does not serve its page\n{stack.Output}");
        var playwright = await Playwright.CreateAsync();
        return new ConsoleBrowser(playwright, await Chromium.LaunchAsync(playwright, chromium), new Uri(url));
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
        Chromium.WatchErrors(page, Keep);
        await page.GotoAsync(new Uri(Url, path).GetLeftPart(UriPartial.Path) + Url.Fragment);
        return page;
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

    private void Keep(string error)
    {
        lock (_errors) _errors.Add(error);
    }

    [GeneratedRegex(@"console +(http://127\.0\.0\.1:\d+/#[0-9a-f]{32})")]
    private static partial Regex Printed();
}
