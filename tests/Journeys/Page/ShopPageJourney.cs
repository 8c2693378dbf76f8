using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ServerlessCqrs.Journeys.Page;

/// <summary>The shop's page in a real browser, on the whole local stack.</summary>
[Collection(JourneysCollection.Name)]
public sealed class ShopPageJourney(LocalStack stack) : IAsyncLifetime
{
    /// <summary>The sentence with the state of a price change.</summary>
    private const string PriceSays = ".says[id^=price-says]";

    private static readonly LocatorAssertionsToContainTextOptions Text = new() { Timeout = 60_000 };
    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = 60_000 };

    private Browsers? _browsers;

    private Browsers Browsers => _browsers!;

    public async ValueTask InitializeAsync() => _browsers = await Browsers.StartAsync(stack);

    public async ValueTask DisposeAsync()
    {
        if (_browsers is not null) await _browsers.DisposeAsync();
    }

    [Fact]
    public async Task Sellers_change_appears_on_a_customers_page_without_reload()
    {
        var seller = await stack.UserAsync("seller");
        var product = await CreateAsync(seller, "Lumen Over-Ear Headphones");
        var customer = await Browsers.OpenAsync($"/shop/products/{product}");
        await Expect(customer.Locator(".price b")).ToContainTextAsync("$100.00", Text);
        await customer.EvaluateAsync("window.isSameDocument = true");

        var desk = await Browsers.OpenAsync($"/shop/desk/{product}", seller.Subject, "seller");
        var price = desk.GetByLabel("Price in USD");
        await Expect(price).ToHaveValueAsync("100.00", new() { Timeout = 60_000 });
        await desk.EvaluateAsync("""
            () => {
              const panel = document.querySelector('.says[id^=price-says]').closest('.pricefield');
              window.states = [];
              new MutationObserver(() => window.states.push(panel.dataset.state)).observe(panel, { attributeFilter: ['data-state'] });
            }
            """);
        await price.FillAsync("80");
        await price.PressAsync("Enter");

        await Expect(desk.Locator(PriceSays)).ToContainTextAsync("Updated everywhere. Version 2.", Text);
        Assert.Equal(["optimistic", "updating", "everywhere"], (await desk.EvaluateAsync<string[]>("window.states")).Take(3));
        await Expect(customer.Locator(".price b")).ToContainTextAsync("$80.00", Text);
        Assert.True(await customer.EvaluateAsync<bool>("window.isSameDocument"));

        // The cut exceeds half: the old price returns, with the shop's own words beside the field.
        await price.FillAsync("20");
        await price.PressAsync("Enter");
        await Expect(desk.Locator(PriceSays)).ToContainTextAsync("One change may not cut the price by more than half.", Text);
        await Expect(price).ToHaveValueAsync("80.00");
        await Expect(price).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(price).ToBeFocusedAsync();
        await Expect(desk.Locator(".price b")).ToContainTextAsync("$80.00");
        Browsers.AssertClean();
    }

    [Fact]
    public async Task Page_reads_what_its_socket_hints_and_catches_up_after_a_cut()
    {
        var seller = await stack.UserAsync("seller");
        var product = await CreateAsync(seller, "Brook Turntable");
        var (path, stream, socket) = ($"/products/{product}", $"product-{product}", new PageSocket());
        var customer = await Browsers.OpenAsync($"/shop{path}", socket: socket);
        await Expect(customer.Locator(".price b")).ToContainTextAsync("$100.00", Text);
        await socket.WatchesAsync(stream);
        // Polling fails from now on. The page learns of a change only from its socket, which names the version to read.
        await customer.RouteAsync(url => new Uri(url) is { Query: "" } read && read.AbsolutePath == path, read => read.AbortAsync());

        await SetPriceAsync(80);
        await Expect(customer.Locator(".price b")).ToContainTextAsync("$80.00", Text);
        Assert.True(socket.HintedOf(stream, version: 2));

        await socket.CutAsync();
        await SetPriceAsync(90);
        socket.Mend();
        await Expect(customer.Locator(".price b")).ToContainTextAsync("$90.00", Text);
        Browsers.AssertClean();

        async Task SetPriceAsync(int amount) =>
            Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(amount), ("Prefer", "wait=20"))).Status);
    }

    [Fact]
    public async Task Change_made_offline_is_sent_once_when_the_connection_is_back()
    {
        var seller = await stack.UserAsync("seller");
        var product = await CreateAsync(seller, "Tern Portable Speaker");
        var desk = await Browsers.OpenAsync($"/shop/desk/{product}", seller.Subject, "seller");
        var price = desk.GetByLabel("Price in USD");
        await Expect(price).ToHaveValueAsync("100.00", new() { Timeout = 60_000 });

        await desk.Context.SetOfflineAsync(true);
        await price.FillAsync("90");
        await price.PressAsync("Enter");
        await Expect(desk.Locator(PriceSays)).ToContainTextAsync("You are offline. Trying again in", Text);
        await Expect(desk.Locator(".bar .end")).ToContainTextAsync("Offline", Text);
        await desk.Context.SetOfflineAsync(false);

        await Expect(desk.Locator(PriceSays)).ToContainTextAsync("Updated everywhere. Version 2.", Text);
        var now = await seller.GetAsync($"products/{product}?atLeastVersion=2");
        Assert.Equal((2, 90), (now.Json.GetProperty("version").GetInt32(), now.Json.GetProperty("pricing").GetProperty("currentPrice").GetInt32()));
        Browsers.AssertClean();
    }

    /// <summary>The chart's code is a file of its own, which the connection may lose.</summary>
    [Fact]
    public async Task Product_is_shown_without_its_chart_until_the_charts_code_arrives()
    {
        var seller = await stack.UserAsync("seller");
        var product = await CreateAsync(seller, "Ridge Field Recorder");
        var page = await Browsers.OpenAsync("/shop/basket");
        var isLost = true;
        var lost = page.WaitForRequestAsync("**/PriceChart*.js");
        await page.RouteAsync("**/PriceChart*.js", route => Volatile.Read(ref isLost) ? route.AbortAsync() : route.ContinueAsync());

        await page.GotoAsync($"/shop/products/{product}");
        await lost;
        await Expect(page.Locator(".chartbox")).ToContainTextAsync("$100.00 since", Text);
        await Expect(page.Locator(".chart canvas")).ToHaveCountAsync(0);

        Volatile.Write(ref isLost, false);
        await Expect(page.Locator(".chart canvas")).ToBeVisibleAsync(Visible);
        Browsers.AssertClean();
    }

    [Fact]
    public async Task Customer_buys_with_the_keyboard_alone()
    {
        var word = $"keyboard{Guid.NewGuid():N}"[..20];
        var name = $"Oak Stand {word}";
        await CreateAsync(await stack.UserAsync("seller"), name);
        var page = await Browsers.OpenAsync("/");

        await TabToAsync(page, "Search products");
        await page.Keyboard.TypeAsync(word);
        await page.Keyboard.PressAsync("Enter");
        // The list is slightly behind, and updates itself.
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync(Visible);
        await TabToAsync(page, name);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeVisibleAsync(Visible);
        await TabToAsync(page, "Add to basket");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Go to the basket");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in and order" })).ToBeVisibleAsync(Visible);
        await TabToAsync(page, "Sign in and order");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(Visible);
        await TabToAsync(page, "Customer");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Place the order" })).ToBeVisibleAsync(Visible);
        await TabToAsync(page, "Place the order");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your order is confirmed" })).ToBeVisibleAsync(Visible);
        await Expect(page.Locator(".steps")).ToContainTextAsync(name, Text);
        Browsers.AssertClean();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious(ColorScheme scheme)
    {
        var seller = await stack.UserAsync("seller");
        var customer = await stack.UserAsync("customer");
        var product = await CreateAsync(seller, "Halden Desk Microphone");
        var order = Guid.NewGuid();
        var placed = await customer.PostAsync("orders", new { id = order, items = new[] { new { productId = product, quantity = 1 } } }, ("Prefer", "wait=20"));
        Assert.Equal(HttpStatusCode.Created, placed.Status);

        List<string> findings = [];
        var everybody = await Browsers.OpenAsync("/", scheme);
        await JudgeAsync(everybody, everybody.Locator(".card").First);
        await everybody.GotoAsync("/shop/search?q=nothing-has-this-word");
        await JudgeAsync(everybody, everybody.GetByText("Check the spelling"));
        await everybody.GotoAsync($"/shop/products/{product}");
        await everybody.GetByRole(AriaRole.Button, new() { Name = "Add to basket" }).ClickAsync();
        await JudgeAsync(everybody, everybody.Locator(".chart canvas"));
        await everybody.GotoAsync("/shop/basket");
        await JudgeAsync(everybody, everybody.GetByText("Halden Desk Microphone"));
        var buyer = await Browsers.OpenAsync($"/shop/orders/{order}", customer.Subject, "customer", scheme);
        await JudgeAsync(buyer, buyer.GetByText("Your order is confirmed"));
        var desk = await Browsers.OpenAsync($"/shop/desk/{product}", seller.Subject, "seller", scheme);
        await desk.GetByLabel("Price in USD").FillAsync("20");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Save price" }).ClickAsync();
        await JudgeAsync(desk, desk.GetByText("more than half"));
        await desk.GotoAsync("/shop/desk");
        await JudgeAsync(desk, desk.GetByRole(AriaRole.Button, new() { Name = "Put it on sale" }));

        Assert.Empty(findings);
        Browsers.AssertClean();

        async Task JudgeAsync(IPage page, ILocator ready)
        {
            await Expect(ready).ToBeVisibleAsync(Visible);
            findings.AddRange((await Chromium.FindingsAsync(page)).Select(finding => $"{new Uri(page.Url).AbsolutePath} {finding}"));
        }
    }

    /// <summary>Writes the pictures in <c>docs</c> if <c>SHOP_SCREENSHOTS=1</c> is set.</summary>
    [Fact]
    public async Task Pictures_of_the_page_are_written_on_request()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("SHOP_SCREENSHOTS") == "1",
            "Set SHOP_SCREENSHOTS=1 to write docs/shop-product.png and docs/shop-desk.png.");
        var seller = await stack.UserAsync("seller", "seller-1");
        var product = await CreateAsync(seller, "Lumen Over-Ear Headphones");
        foreach (var price in (decimal[])[90, 75, 99, 80]) await seller.PostAsync($"products/{product}/price", Client.Price(price), ("Prefer", "wait=20"));
        var customer = await Browsers.OpenAsync($"/shop/products/{product}", height: 780);
        await Expect(customer.Locator(".chart canvas")).ToBeVisibleAsync(Visible);
        await Expect(customer.Locator(".price b")).ToContainTextAsync("$80.00", Text);
        await SaveAsync(customer, "shop-product.png");

        var desk = await Browsers.OpenAsync($"/shop/desk/{product}", "seller-1", "seller", ColorScheme.Dark, height: 780);
        await Expect(desk.Locator(".chart canvas")).ToBeVisibleAsync(Visible);
        await desk.GetByLabel("Price in USD").FillAsync("72");
        await desk.GetByLabel("Price in USD").PressAsync("Enter");
        await Expect(desk.Locator(PriceSays)).ToContainTextAsync("Updated everywhere.", Text);
        await SaveAsync(desk, "shop-desk.png");

        static async Task SaveAsync(IPage page, string name)
        {
            var png = await page.ScreenshotAsync();
            Assert.InRange(png.Length, 1, 150_000);
            await File.WriteAllBytesAsync(Path.Combine(Programs.RepositoryRoot, "docs", name), png);
        }
    }

    /// <summary>Presses Tab until the element with this name has the focus, like a person without a mouse.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        List<string?> passed = [];
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string?>("""
                () => {
                  const e = document.activeElement;
                  return e && (e.getAttribute('aria-label') ?? e.querySelector('b')?.textContent ?? e.textContent).trim();
                }
                """);
            if (focused == name) return;
            passed.Add(focused);
        }

        Assert.Fail($"Tab does not reach '{name}', only {string.Join(", ", passed.Distinct())}.");
    }

    private static async Task<Guid> CreateAsync(Client seller, string name)
    {
        var id = Guid.NewGuid();
        var body = new
        {
            id,
            name,
            description = "Made for long days: soft pads, a steel band that keeps its shape, and a battery that lasts from Monday to Friday.",
            category = "audio",
            price = new { amount = 100, currency = "USD" },
            quantity = 20,
            warehouse = "HAMBURG",
        };
        var created = await seller.PostAsync("products", body, ("Prefer", "wait=20"));
        Assert.Equal(HttpStatusCode.Created, created.Status);
        return id;
    }
}
