using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Playwright;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Topology;
using static Microsoft.Playwright.Assertions;

namespace ServerlessCqrs.Journeys.OperatorsConsole;

/// <summary>The operators' console in a real browser, on the whole local stack.</summary>
[Collection(JourneysCollection.Name)]
public sealed partial class ConsoleJourney(LocalStack stack) : IAsyncLifetime
{
    private const float Patience = 60_000;

    private static readonly LocatorAssertionsToContainTextOptions Text = new() { Timeout = Patience };
    private static readonly LocatorAssertionsToHaveCountOptions Count = new() { Timeout = Patience };
    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = Patience };

    private ConsoleBrowser? _browser;

    private ConsoleBrowser Browser => _browser!;

    public async ValueTask InitializeAsync() => _browser = await ConsoleBrowser.StartAsync(stack);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }

    [Fact]
    public async Task Decided_command_appears_on_Flow_and_lights_its_way()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var page = await Browser.OpenAsync();
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync(Visible);
        // The token stays in no address and no history.
        Assert.DoesNotContain(Browser.Url.Fragment[1..], page.Url, StringComparison.Ordinal);

        var command = (await seller.PostAsync($"products/{product}/price", Client.Price(80), ("Prefer", "wait=20"))).Json.GetProperty("commandId").GetString();
        await page.Locator($"[data-command='{command}'] button").ClickAsync();

        await Expect(page.Locator("[data-edge='stream commands > CommandsToEvents']")).ToHaveClassAsync(Lit());
        await Expect(page.Locator("[data-edge='queue events-to-read-models > EventsToReadModels']")).ToHaveClassAsync(Lit());
        await Expect(page.Locator("[data-edge='queue events-to-orders > EventsToOrders']")).Not.ToHaveClassAsync(Lit());
        await Expect(page.Locator("aside")).ToContainTextAsync("ProductPriceUpdated", Text);
        await AssertGoodAsync(page, "flow");

        await page.Locator("aside").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Stream");
    }

    [Fact]
    public async Task Stream_is_scrubbed_by_keyboard_with_its_refused_commands()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        await seller.PostAsync($"products/{product}/price", Client.Price(80), ("Prefer", "wait=20"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seller.PostAsync($"products/{product}/price", Client.Price(20), ("Prefer", "wait=20"))).Status);
        await seller.PostAsync($"products/{product}/price", Client.Price(60), ("Prefer", "wait=20"));
        var page = await Browser.OpenAsync("/stream");

        await page.GetByLabel("Stream id").FillAsync($"product-{product}");
        await page.GetByLabel("Stream id").PressAsync("Enter");
        var document = page.GetByLabel("Document", new() { Exact = true });
        await Expect(document).ToContainTextAsync("\"currentPrice\": 60", new() { Timeout = Patience });
        var scrubber = page.GetByLabel("Version", new() { Exact = true });
        await scrubber.PressAsync("Home");
        await Expect(document).ToContainTextAsync("\"currentPrice\": 100", new() { Timeout = Patience });
        await scrubber.PressAsync("ArrowRight");
        await Expect(document).ToContainTextAsync("\"currentPrice\": 80", new() { Timeout = Patience });
        Assert.StartsWith("Version 2, ProductPriceUpdated", await scrubber.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);

        await Expect(page.Locator(".diff")).ToContainTextAsync("pricing.currentPrice", Text);
        await Expect(page.Locator(".diff del").First).ToHaveTextAsync("100");
        await Expect(page.Locator(".whys")).ToContainTextAsync("price_cut_too_deep", Text);
        await Expect(page.Locator(".refusals a")).ToHaveCountAsync(1, Count);
        await AssertGoodAsync(page, "stream");
    }

    [Fact]
    public async Task Dead_letter_is_redriven_and_another_discarded_after_a_question()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        using var sqs = new AmazonSQSClient(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = stack.Endpoint("sqs").ToString(), AuthenticationRegion = "us-east-1" });
        var (redriven, discarded) = (await BuryAsync(sqs, ShopTopology.ReadModels, product), await BuryAsync(sqs, ShopTopology.EdgeCache, product));
        var page = await Browser.OpenAsync("/deadletters");

        var letter = page.Locator($"[data-letter='{redriven}']");
        await Expect(letter).ToContainTextAsync("IOException: the disk was full", Text);
        await Expect(letter.GetByText($"operator deadletters redrive --id {redriven}")).ToBeVisibleAsync(Visible);
        await AssertGoodAsync(page, "deadletters");
        await letter.GetByRole(AriaRole.Button, new() { Name = "Redrive", Exact = true }).ClickAsync();
        await Expect(page.GetByText("1 sent to their functions again.")).ToBeVisibleAsync(Visible);
        await Expect(letter).ToHaveCountAsync(0, Count);

        await page.Locator($"[data-letter='{discarded}']").GetByRole(AriaRole.Button, new() { Name = "Discard…" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog);
        await question.GetByLabel("Why?").FillAsync("a journey");
        await question.GetByRole(AriaRole.Button, new() { Name = "Discard for good" }).ClickAsync();
        await Expect(page.Locator($"[data-letter='{discarded}']")).ToHaveCountAsync(0, Count);
        var (exitCode, operations) = await Operator.RunAsync(stack, "history", "--operations");
        Assert.True(exitCode == 0, operations);
        Assert.Contains($"redrive letter {redriven}", operations, StringComparison.Ordinal);
        Assert.Matches($"discard letter {discarded} .*: a journey", operations);
        Browser.AssertClean();
    }

    [Fact]
    public async Task Version_is_built_routed_routed_back_and_retired()
    {
        var page = await Browser.OpenAsync("/readmodels");
        var row = page.Locator("[data-model='products-v2']");
        var route = page.Locator("[data-route='products']");
        await page.Locator("[data-build='products-v2']").Locator("button.button").ClickAsync();
        await Expect(row).ToContainTextAsync("Built, answers nobody", Text);

        await route.GetByLabel("Share of readers who get v2").FillAsync("20");
        await route.GetByRole(AriaRole.Button, new() { Name = "Route 20 % to v2" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Answers 20 %", Text);
        await Expect(page.Locator("[data-model='products-v1']")).ToContainTextAsync("Answers 80 %", Text);
        await AssertGoodAsync(page, "readmodels");
        await route.GetByRole(AriaRole.Button, new() { Name = "Route everybody back" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Built, answers nobody", Text);
        await Expect(page.Locator("[data-model='products-v1']")).ToContainTextAsync("Answers all", Text);

        // As it was found: the version sleeps.
        await route.GetByRole(AriaRole.Button, new() { Name = "Retire v2…" }).ClickAsync();
        await route.GetByRole(AriaRole.Button, new() { Name = "Delete all items of products-v2" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Asleep", Text);
        Browser.AssertClean();
    }

    /// <summary>Puts a letter where a function would put what it gave up. Returns its id.</summary>
    private static async Task<string> BuryAsync(AmazonSQSClient sqs, Queue queue, Guid product)
    {
        var url = (await sqs.GetQueueUrlAsync(queue.DeadLettersName)).QueueUrl;
        var attributes = new Dictionary<string, string>
        {
            ["function"] = "EventsTo",
            ["failedAt"] = "2026-11-01T12:00:00Z",
            ["reason"] = "IOException: the disk was full",
            ["stack"] = "   at Somewhere()",
        };
        return (await sqs.SendMessageAsync(new SendMessageRequest(url, EventMessage.Write([], [new StreamHint(ProductStreams.IdOf(product), 1)]))
        {
            MessageAttributes = attributes.ToDictionary(one => one.Key, one => new MessageAttributeValue { DataType = "String", StringValue = one.Value }),
        })).MessageId;
    }

    /// <summary>In both themes axe finds nothing serious.</summary>
    private static async Task AssertGoodAsync(IPage page, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await Chromium.FindingsAsync(page));
            await ConsoleBrowser.ShootAsync(page, $"{name}-{scheme.ToString().ToLowerInvariant()}");
        }
    }

    [GeneratedRegex(@"\blit\b")]
    private static partial Regex Lit();
}
