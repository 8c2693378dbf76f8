using System.Net;
using System.Text;
using System.Text.Json;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// Erases a customer who has ordered, reviewed and watched. It searches every store before and after: none ever
/// contained a readable name or address.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class ErasureJourney(LocalStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly (string, string) Wait = ("Prefer", "wait=20");

    [Fact]
    public async Task An_erased_customer_leaves_no_readable_trace_and_everything_else_as_it_was()
    {
        var (seller, customer) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"));
        var (address, name) = ($"{customer.Subject}@example.com", $"Erika Müstermann {Guid.NewGuid():N}");
        var product = await seller.CreateProductAsync();
        Assert.Equal(HttpStatusCode.OK, (await customer.SendAsync(HttpMethod.Put, "users/me", new { name }, Wait)).Status);
        Assert.Equal(HttpStatusCode.OK, (await customer.SendAsync(HttpMethod.Put, $"products/{product}/watch", null, Wait)).Status);
        await customer.OrderAsync((product, 1));
        var review = await ReviewAsync(customer, product, name);
        Assert.Equal(HttpStatusCode.OK, (await seller.SendAsync(HttpMethod.Post, $"reviews/{review}/approval", null, Wait)).Status);
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(80), Wait)).Status);
        await Eventually.TrueAsync(async () => (await Mailbox.OfAsync(stack, customer.Subject)).Count >= 3, Patience, () => "the mails of order, review and price did not come");
        using var queues = new Queues(stack);
        await queues.DrainedAsync();
        var rated = await RatingAsync(seller, product);
        Assert.Equal("4 of 1", rated);
        // The customer is in the stores, so that finding no name and no address proves something.
        Assert.NotEmpty(await PlacesWithAsync(queues, customer.Subject));
        Assert.Empty(await PlacesWithAsync(queues, address, name));

        var (exitCode, certificate) = await Operator.RunDeployedAsync(stack, "erase", customer.Subject, "--yes");

        Assert.True(exitCode == 0, certificate);
        Assert.Contains("1 watches ended", certificate, StringComparison.Ordinal);
        Assert.Contains("4 looked for", certificate, StringComparison.Ordinal);
        await queues.DrainedAsync();
        Assert.Empty(await PlacesWithAsync(queues, address, name));
        Assert.Equal(HttpStatusCode.Forbidden, (await customer.SendAsync(HttpMethod.Put, "users/me", new { name = "Erika" })).Status);
        Assert.Equal(rated, await RatingAsync(seller, product));
        var (_, again) = await Operator.RunDeployedAsync(stack, "erase", customer.Subject, "--yes");
        Assert.Contains("was erased before", again, StringComparison.Ordinal);
        await Operator.VerifyAsync(stack);
    }

    /// <summary>The review learns of the purchase a moment after the order is confirmed.</summary>
    private static async Task<string> ReviewAsync(Client customer, Guid product, string name)
    {
        Answer? review = null;
        await Eventually.TrueAsync(
            async () => (review = await customer.PostAsync($"products/{product}/reviews", new { stars = 4, title = $"By {name}", text = $"It plays music, says {name}." }, Wait)).Status is HttpStatusCode.OK or HttpStatusCode.Created,
            Patience,
            () => $"no review: {review?.Text}");
        return review!.Json.GetProperty("stream").GetString()!["review-".Length..];
    }

    private static async Task<string> RatingAsync(Client reader, Guid product)
    {
        var json = (await reader.SeesAsync(product, 1)).Json;
        return $"{json.GetProperty("averageRating").GetRawText()} of {json.GetProperty("totalReviews").GetInt32()}";
    }

    /// <summary>
    /// Returns every place with one of these texts. It searches files as bytes, which still contain overwritten and
    /// deleted data, whatever wrote them. It also searches tables and queues as text. Compressed columns and tips, and
    /// queues in memory, are not text in any file.
    /// </summary>
    private async Task<IReadOnlyList<string>> PlacesWithAsync(Queues queues, params string[] texts)
    {
        string[] needles = [.. texts.SelectMany(text => new[] { text, JsonEncodedText.Encode(text).ToString() }).Distinct()];
        List<string> places = [.. FilesWith([.. needles.Select(Encoding.UTF8.GetBytes)])];
        foreach (var table in (await ClickHouse.QueryAsync(stack, "SELECT name FROM system.tables WHERE database = 'shop' AND total_rows IS NOT NULL")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Look($"ClickHouse: {table}", await ClickHouse.QueryAsync(stack, "SELECT * FROM {table:Identifier} FORMAT TSVRaw", ("table", table)));
        using var dynamo = new DynamoDb(stack);
        foreach (var table in ShopTopology.Tables) Look($"DynamoDB: {table.Name}", await dynamo.DumpAsync(table));
        Look("the tips", string.Join('\n', await dynamo.TipsAsync().SelectMany(tip => (string[])[tip.State, .. tip.Newest.Events.Select(e => e.Data), .. tip.Newest.Outcomes.Select(outcome => $"{outcome.CommandData} {outcome.Reason}")]).ToListAsync()));
        foreach (var queue in ShopTopology.Queues)
            foreach (var url in new[] { queue.Name, queue.DeadLettersName }) Look($"SQS: {url}", await queues.PeekAsync(await queues.UrlAsync(url)));
        return places;

        void Look(string place, string content)
        {
            if (needles.Any(needle => content.Contains(needle, StringComparison.Ordinal))) places.Add(place);
        }
    }

    private IEnumerable<string> FilesWith(byte[][] needles) => Directory.EnumerateFiles(stack.Data, "*", SearchOption.AllDirectories).Where(file => Has(file, needles));

    private static bool Has(string file, byte[][] needles)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return needles.Any(needle => copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(needle) >= 0);
        }
        catch (IOException)
        {
            // ClickHouse has merged the file away.
            return false;
        }
    }
}
