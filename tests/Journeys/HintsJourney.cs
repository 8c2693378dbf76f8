using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ServerlessCqrs.Journeys;

/// <summary>Browsers watch streams over a socket, and hear of every change.</summary>
[Collection(JourneysCollection.Name)]
public sealed class HintsJourney(LocalStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_browsers_get_hints_of_a_price_change_and_one_of_its_order()
    {
        var (seller, ann, bob) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"), await stack.UserAsync("customer"));
        var product = await seller.CreateProductAsync();
        await using var first = await BrowserAsync();
        await using var second = await BrowserAsync();

        Assert.Equal(1, await first.WatchAsync(null, $"product-{product}"));
        Assert.Equal(1, await second.WatchAsync(null, $"product-{product}"));
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(80), ("Prefer", "wait=20"))).Status);

        await first.HearsAsync($"product-{product}", atLeast: 2);
        await second.HearsAsync($"product-{product}", atLeast: 2);
        var read = await ann.GetAsync($"products/{product}?atLeastVersion=2");
        Assert.Equal(2, read.Json.GetProperty("version").GetInt64());

        var order = await ann.OrderAsync((product, 1));
        await ann.SeesOrderAsync(order, "confirmed");
        Assert.Equal("token_required", await first.RefusalAsync(null, $"order-{order}"));
        Assert.Equal("not_yours", await first.RefusalAsync(bob.Token, $"order-{order}"));
        var version = await second.WatchAsync(ann.Token, $"order-{order}");
        Assert.True(version > 1);
        Assert.Equal(HttpStatusCode.OK, (await ann.SendAsync(HttpMethod.Delete, $"orders/{order}", null, ("Prefer", "wait=20"))).Status);
        await second.HearsAsync($"order-{order}", atLeast: version + 1);
        Assert.Equal(0, first.Newest($"order-{order}"));
    }

    [Fact]
    public async Task Browser_ends_at_the_newest_version_after_the_function_is_killed()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        await using var browser = await BrowserAsync();
        await browser.WatchAsync(null, $"product-{product}");

        for (var price = 99; price > 94; price--)
        {
            await seller.PostAsync($"products/{product}/price", Client.Price(price), ("Prefer", "wait=20"));
            if (price == 97) await stack.KillAsync("EventsToBrowsers");
        }

        await Eventually.TrueAsync(
            async () =>
            {
                if (browser.Newest($"product-{product}") >= 6) return true;
                // What a page does when it connects again: the answer names the version to read.
                return await browser.WatchAsync(null, $"product-{product}") >= 6;
            },
            Patience,
            () => $"the browser heard {string.Join(", ", browser.Heard)}");
    }

    private async Task<Browser> BrowserAsync()
    {
        var browser = new Browser();
        await browser.Socket.ConnectAsync(stack.Url("live"), TestContext.Current.CancellationToken);
        browser.Listen();
        return browser;
    }

    private sealed class Browser : IAsyncDisposable
    {
        private readonly List<string> _heard = [];
        private Task _listening = Task.CompletedTask;

        public ClientWebSocket Socket { get; } = new();

        public IReadOnlyList<string> Heard
        {
            get
            {
                lock (_heard) return [.. _heard];
            }
        }

        public void Listen() => _listening = Task.Run(ListenAsync);

        /// <summary>Watches, and returns the version that the answer names.</summary>
        public async Task<long> WatchAsync(string? token, string stream) =>
            Parsed(await AskAsync(token, stream)).GetProperty("watching")[0].GetProperty("version").GetInt64();

        public async Task<string?> RefusalAsync(string? token, string stream) => Parsed(await AskAsync(token, stream)).GetProperty("code").GetString();

        /// <summary>Waits for a hint of that version or a newer one. A hint of an older version may still be under way.</summary>
        public Task HearsAsync(string stream, long atLeast) => Eventually.TrueAsync(
            () => Task.FromResult(Newest(stream) >= atLeast),
            Patience,
            () => $"no hint of {stream} from version {atLeast} came: {string.Join(", ", Heard)}");

        public long Newest(string stream) => Heard
            .Select(Parsed)
            .Where(text => text.TryGetProperty("stream", out var name) && name.GetString() == stream)
            .Select(text => text.GetProperty("version").GetInt64())
            .DefaultIfEmpty()
            .Max();

        public async ValueTask DisposeAsync()
        {
            await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            await _listening;
            Socket.Dispose();
        }

        private async Task<string> AskAsync(string? token, string stream)
        {
            var before = Answers().Count;
            var message = token is null ? JsonSerializer.Serialize(new { watch = new[] { stream } }) : JsonSerializer.Serialize(new { watch = new[] { stream }, token });
            await Socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Task.FromResult(Answers().Count > before), Patience, () => "the socket does not answer");
            return Answers()[before];
        }

        private List<string> Answers() => [.. Heard.Where(text => !Parsed(text).TryGetProperty("stream", out _))];

        private static JsonElement Parsed(string text) => JsonElement.Parse(text);

        private async Task ListenAsync()
        {
            var buffer = new byte[32 * 1024];
            while (true)
            {
                var read = await Socket.ReceiveAsync(buffer, CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close) return;
                lock (_heard) _heard.Add(Encoding.UTF8.GetString(buffer, 0, read.Count));
            }
        }
    }
}
