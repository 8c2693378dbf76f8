using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessCqrs.Journeys.Page;

/// <summary>Chromium windows of the shop's page. They record every requested address and every logged error.</summary>
internal sealed partial class Browsers : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly LocalStack _stack;
    private readonly List<string> _addresses = [];
    private readonly List<string> _errors = [];

    private Browsers(IPlaywright playwright, IBrowser browser, LocalStack stack) => (_playwright, _browser, _stack) = (playwright, browser, stack);

    /// <summary>Starts Chromium. Skips the test if it is not installed.</summary>
    public static async Task<Browsers> StartAsync(LocalStack stack)
    {
        var chromium = Chromium.Find();
        var playwright = await Playwright.CreateAsync();
        return new Browsers(playwright, await Chromium.LaunchAsync(playwright, chromium), stack);
    }

    /// <summary>Opens a window with its own session.</summary>
    /// <param name="socket">Gets the page's socket.</param>
    public async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 860, PageSocket? socket = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = _stack.Edge.ToString(),
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        page.Request += (_, request) => Keep(_addresses, request.Url);
        Chromium.WatchErrors(page, error => Keep(_errors, error));
        if (socket is not null) await socket.ListenAsync(page);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Opens a window and signs a user in with the local identity provider's form.</summary>
    public async Task<IPage> OpenAsync(string path, string subject, string role, ColorScheme scheme = ColorScheme.Light, int height = 860)
    {
        var page = await OpenAsync($"/shop/sign-in?to={Uri.EscapeDataString(path)}", scheme, height: height);
        await page.GetByText("Somebody else").ClickAsync();
        await page.GetByLabel("User id").FillAsync(subject);
        await page.GetByLabel("E-mail").FillAsync($"{subject}@example.com");
        await page.GetByLabel("Role").SelectOptionAsync(role);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        // WaitForURLAsync compares the address before it listens, and misses a change in between. This asks the browser.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"{Regex.Escape(path)}$"), new() { Timeout = 60_000 });
        return page;
    }

    /// <summary>No window logged an error or requested an address with a token.</summary>
    public void AssertClean()
    {
        lock (_errors) Assert.Empty(_errors);
        lock (_addresses) Assert.DoesNotContain(_addresses, address => Token().IsMatch(address));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static void Keep(List<string> lines, string line)
    {
        lock (lines) lines.Add(line);
    }

    /// <summary>Every JSON Web Token begins like this.</summary>
    [GeneratedRegex("eyJ[A-Za-z0-9_-]{10,}")]
    private static partial Regex Token();
}
