using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Amazon.SQS.Model;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// A data folder of an earlier version starts with the current code. Commit 7d5ba1d wrote
/// <c>Fixtures/7d5ba1d.tar.gz</c>: products, orders, reviews, users, a mail, one product with 1,033 versions, and one
/// whose document exceeds the current limits. Queues are in memory here, so that version's dead letter is in a file
/// next to it.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class UpgradeJourney
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Guid Headphones = Product(1);
    private static readonly Guid Stocked = Product(3);
    private static readonly Guid Deleted = Product(4);
    private static readonly Guid Large = Product(5);

    [Fact]
    public async Task A_data_folder_of_an_earlier_version_starts_and_verifies_clean()
    {
        var folder = Directory.CreateTempSubdirectory("shop-upgrade-").FullName;
        try
        {
            await UnpackAsync(folder);
            await using var stack = await LocalStack.StartAsync(folder);
            await Operator.VerifyAsync(stack);

            var seller = await stack.UserAsync("seller", "seller-1");
            await ShowsWhatWasStoredAsync(stack, seller);
            await GoesOnAsync(stack, seller);
            await Operator.VerifyAsync(stack);
            await RedrivesTheDeadLetterAsync(stack);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ShowsWhatWasStoredAsync(LocalStack stack, Client seller)
    {
        Assert.Equal(80, (await seller.SeesAsync(Headphones, 5)).Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal());
        Assert.Equal(HttpStatusCode.Gone, (await seller.GetAsync($"products/{Deleted}")).Status);
        Assert.Equal(100, (await seller.GetAsync($"products/{Headphones}?version=1")).Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal());
        // There is a snapshot at version 1,000.
        Assert.Equal(HttpStatusCode.OK, (await seller.GetAsync($"products/{Stocked}?version=1001")).Status);
        Assert.Contains("price_cut_too_deep", (await seller.GetAsync($"products/{Headphones}/history")).Text, StringComparison.Ordinal);

        var customer = await stack.UserAsync("customer", "customer-1");
        Assert.Equal("Name 0", (await customer.GetAsync("users/me")).Json.GetProperty("name").GetString());
        Assert.Contains("confirmed", (await customer.GetAsync("users/me/orders")).Text, StringComparison.Ordinal);
    }

    private static async Task GoesOnAsync(LocalStack stack, Client seller)
    {
        Applied(await seller.PostAsync($"products/{Headphones}/price", Client.Price(60), ("Prefer", "wait=20")));
        await seller.SeesAsync(Headphones, 6);
        // The watcher of that time still has a mail.
        await Eventually.TrueAsync(async () => (await Mailbox.OfAsync(stack, "customer-1")).Any(mail => mail.Subject.Contains("60", StringComparison.Ordinal)), Patience, () => "the watcher has no mail");

        // That version wrapped the key that seals it.
        Applied(await (await stack.UserAsync("customer", "customer-1")).SendAsync(HttpMethod.Put, "users/me", new { name = "Name 1" }, ("Prefer", "wait=20")));

        // Above a current limit: it is readable, and a change that does not enlarge it is applied.
        var version = (await seller.GetAsync($"products/{Large}")).Json.GetProperty("version").GetInt64();
        Applied(await seller.PostAsync($"products/{Large}/price", Client.Price(290), ("Prefer", "wait=20")));
        Applied(await seller.SendAsync(HttpMethod.Patch, $"products/{Large}", new { description = "Shorter." }, ("Prefer", "wait=20")));
        await seller.SeesAsync(Large, version + 2);
    }

    private static void Applied(Answer answer) => Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);

    /// <summary>That version's dead letter is listed with its reason, and redriven.</summary>
    private static async Task RedrivesTheDeadLetterAsync(LocalStack stack)
    {
        using var queues = new Queues(stack);
        using var letters = JsonDocument.Parse(await File.ReadAllBytesAsync(Fixture("7d5ba1d.dead-letters.json")));
        foreach (var letter in letters.RootElement.EnumerateArray())
        {
            await queues.Sqs.SendMessageAsync(new SendMessageRequest(await queues.UrlAsync(letter.GetProperty("queue").GetString()!), letter.GetProperty("body").GetString())
            {
                MessageAttributes = letter.GetProperty("attributes").EnumerateObject().ToDictionary(
                    attribute => attribute.Name,
                    attribute => new MessageAttributeValue { DataType = "String", StringValue = attribute.Value.GetProperty("StringValue").GetString() }),
            });
        }

        Assert.Contains("ProductTeleported", (await Operator.RunAsync(stack, "deadletters", "list")).Output, StringComparison.Ordinal);
        var (exitCode, output) = await Operator.RunAsync(stack, "deadletters", "redrive", "--queue", "events-to-read-models");
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("ProductTeleported", await queues.PeekAsync(await queues.UrlAsync("events-to-read-models-dead-letters")), StringComparison.Ordinal);
    }

    private static async Task UnpackAsync(string folder)
    {
        await using var file = File.OpenRead(Fixture("7d5ba1d.tar.gz"));
        await using var tar = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: true);
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    private static Guid Product(int number) => new($"6f1ed002-ab5f-4a55-9e0b-3d6a8f0c5c{number:00}");
}
