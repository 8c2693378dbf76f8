using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ServerlessCqrs.Journeys;

/// <summary>A stack is ended with work under way and started again on the same folder. In the shared collection so that it runs alone, though its stack is its own.</summary>
[Collection(JourneysCollection.Name)]
public sealed class RestartJourney
{
    // A stack takes fewer than these, one after another.
    private const int Ports = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_stack_goes_on_where_it_was_ended()
    {
        var folder = Directory.CreateTempSubdirectory("shop-restart-").FullName;
        // The same addresses again: tokens name their issuer by its own.
        var port = FreePorts();
        try
        {
            var (seller, product, inFlight) = await LiveAndEndAsync(folder, port);

            await using var stack = await LocalStack.StartAsync(folder, port);
            var again = stack.User(seller.Subject, seller.Token!);
            // The product itself, and what the search finds of it.
            Assert.Contains("2 items were behind", stack.Output, StringComparison.Ordinal);
            Assert.Equal(80, (await again.SeesAsync(product, 2)).Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal());
            foreach (var status in inFlight)
            {
                var last = "";
                await Eventually.TrueAsync(async () => (last = (await again.GetAsync(status)).Text).Contains("\"applied\"", StringComparison.Ordinal), Patience, () => $"{status}: {last}");
            }

            await again.SeesAsync(product, 2 + inFlight.Count);
            // The read may have been answered from the tip; the log has the newest commit a moment later.
            var events = "";
            await Eventually.TrueAsync(
                async () => int.Parse(events = await ClickHouse.QueryAsync(stack, "SELECT count() FROM events FINAL WHERE stream_id = {stream:String}", ("stream", $"product-{product}")), CultureInfo.InvariantCulture) >= 2 + inFlight.Count,
                Patience,
                () => $"the log has {events} events");
            Assert.Equal(2 + inFlight.Count, int.Parse(events, CultureInfo.InvariantCulture));
            await Operator.VerifyAsync(stack);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Ends a stack whose read model is behind for certain (what publishes to it hangs), with more commands acknowledged than applied.</summary>
    private static async Task<(Client Seller, Guid Product, IReadOnlyList<string> InFlight)> LiveAndEndAsync(string folder, int port)
    {
        await using var stack = await LocalStack.StartAsync(folder, port);
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        await seller.SeesAsync(product, 1);

        await stack.HangAsync("sns-sqs");
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(80), ("Prefer", "wait=20"))).Status);
        List<string> inFlight = [];
        for (var i = 1; i <= 10; i++)
        {
            var answer = await seller.PostAsync($"products/{product}/stock", new { delta = 1, reason = $"delivery {i}" });
            Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
            inFlight.Add(answer.Json.GetProperty("statusUrl").GetString()!.TrimStart('/'));
        }

        return (seller, product, inFlight);
    }

    private static int FreePorts()
    {
        var random = new Random();
        while (true)
        {
            // Below what others take any free ones of.
            var first = random.Next(11_000, 19_000);
            if (Enumerable.Range(first, Ports).All(IsFree)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
