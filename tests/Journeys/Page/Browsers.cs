using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessCqrs.Journeys.Page;

/// <summary>Windows of a real Chromium onto the shop's page. Every address they ask for and every error they log is kept.</summary>
internal sealed partial class Browsers : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly LocalStack _stack;
    private readonly List<string> _addresses = [];
    private readonly List<string> _errors = [];

    private Browsers(IPlaywright playwright, IBrowser browser, LocalStack stack) => (_playwright, _browser, _stack) = (playwright, browser, stack);

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static async Task<Browsers> StartAsync(LocalStack stack)
    {
        var chromium = Find();
        Assert.SkipWhen(chromium is null, "No Chromium on the PATH. Install it (on Debian: apt install chromium), or name it in CHROMIUM.");
        var playwright = await Playwright.CreateAsync();
        // Containers have no user namespaces for the sandbox. The only page is our own.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        return new Browsers(playwright, browser, stack);
    }

    /// <summary>A window with a session of its own.</summary>
    public async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 860)
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
        page.PageError += (_, error) => Keep(_errors, error);
        page.Console += (_, message) =>
        {
            // The browser logs each refusal of the shop, and each request without a connection.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) Keep(_errors, message.Text);
        };
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A window of somebody who signed in with the form of the local identity provider.</summary>
    public async Task<IPage> OpenAsync(string path, string subject, string role, ColorScheme scheme = ColorScheme.Light, int height = 860)
    {
        var page = await OpenAsync($"/shop/sign-in?to={Uri.EscapeDataString(path)}", scheme, height: height);
        await page.GetByText("Somebody else").ClickAsync();
        await page.GetByLabel("User id").FillAsync(subject);
        await page.GetByLabel("E-mail").FillAsync($"{subject}@example.com");
        await page.GetByLabel("Role").SelectOptionAsync(role);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**{path}");
        return page;
    }

    /// <summary>No window logged an error, nor asked for an address with a token in it.</summary>
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

    private static string? Find() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    private static void Keep(List<string> lines, string line)
    {
        lock (lines) lines.Add(line);
    }

    /// <summary>A JSON Web Token begins so.</summary>
    [GeneratedRegex("eyJ[A-Za-z0-9_-]{10,}")]
    private static partial Regex Token();
}
