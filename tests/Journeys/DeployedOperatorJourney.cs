using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// The Operator on a stack that it finds through CloudFormation. Here CloudFormation describes the local stack, and
/// everything else is as on AWS.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class DeployedOperatorJourney(LocalStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_operator_works_by_what_CloudFormation_tells_as_it_does_by_a_data_folder()
    {
        var output = await OperateAsync("verify", "--json");
        Assert.Contains("events-to-mail-dead-letters", output, StringComparison.Ordinal);
        Assert.Contains("products-v1  alive", await OperateAsync("readmodel", "list"), StringComparison.Ordinal);
        Assert.Contains("unknown", await OperateAsync("mails", "unknown"), StringComparison.Ordinal);
        Assert.Contains("undeliverable", await OperateAsync("mails", "undeliverable"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_of_every_queue_are_shown_discarded_and_redriven()
    {
        using var queues = new Queues(stack);
        var start = DateTimeOffset.UtcNow;
        foreach (var queue in ShopTopology.Queues) await queues.Sqs.SendMessageAsync(await MalformedAsync(queue));
        foreach (var queue in ShopTopology.Queues)
        {
            var letters = await queues.UrlAsync(queue.DeadLettersName);
            await Eventually.TrueAsync(async () => (await queues.PeekAsync(letters)).Contains("no message of ours", StringComparison.Ordinal), Patience, () => $"{queue.Name} gave nothing up");
        }

        var listed = JsonDocument.Parse(await OperateAsync("deadletters", "list", "--since", $"{start:O}", "--json")).RootElement.EnumerateArray().ToList();
        Assert.Equal(ShopTopology.Queues.Select(queue => queue.Name).Order(), listed.Select(letter => letter.GetProperty("queue").GetString()).Order());
        Assert.Contains("no message of ours", await OperateAsync("deadletters", "show", listed[0].GetProperty("id").GetString()!), StringComparison.Ordinal);
        Assert.Contains($"{listed.Count} dead letters were discarded", await OperateAsync("deadletters", "discard", "--since", $"{start:O}", "--why", "a test"), StringComparison.Ordinal);

        // An empty message, which every function handles immediately.
        foreach (var queue in ShopTopology.Queues) await queues.Sqs.SendMessageAsync(await LetterAsync(queue));
        Assert.Contains($"{listed.Count} dead letters were sent to their functions again", await OperateAsync("deadletters", "redrive", "--reason", "a test's"), StringComparison.Ordinal);

        // The attribute counts earlier receives, so that this receive is its last.
        async Task<SendMessageRequest> MalformedAsync(Queue queue) => new(await queues.UrlAsync(queue.Name), "no message of ours")
        {
            DelaySeconds = 0,
            MessageAttributes = new() { [FollowedMessage.Receives] = new MessageAttributeValue { DataType = "Number", StringValue = $"{queue.MaxReceiveCount}" } },
        };

        async Task<SendMessageRequest> LetterAsync(Queue queue) => new(await queues.UrlAsync(queue.DeadLettersName), EventMessage.Write([], []))
        {
            MessageAttributes = new() { ["reason"] = new MessageAttributeValue { DataType = "String", StringValue = "a test's" } },
        };
    }

    [Fact]
    public async Task Smoke_test_shows_that_the_stack_works_and_leaves_nothing_on_sale()
    {
        var (seller, customer) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"));

        var output = await OperateAsync("smoke", "--token", seller.Token!, "--customer-token", customer.Token!);

        Assert.EndsWith("The stack works.", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Single(await Mailbox.OfAsync(stack, customer.Subject));
        var product = Guid.Parse(output.Split("product ")[^1][..36]);
        await Eventually.TrueAsync(
            async () => (await seller.GetFromApiAsync($"products/{product}")).Status == HttpStatusCode.Gone,
            Patience,
            () => $"product {product} is still on sale");
    }

    [Fact]
    public async Task Smoke_test_without_a_token_asks_for_one()
    {
        var (exitCode, output) = await Operator.RunDeployedAsync(stack, "smoke");

        Assert.True(exitCode == 2, output);
        Assert.Contains("give the access token of one with --token", output, StringComparison.Ordinal);
    }

    /// <summary>The release that wrote the command was rolled back permanently.</summary>
    [Fact]
    public async Task Command_of_a_newer_release_waits_with_its_stream_until_it_is_refused()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var stream = ProductStreams.IdOf(product).ToString();
        await PutNewerCommandAsync(seller, product);
        await Eventually.TrueAsync(async () => (await OperateAsync("parked", "list")).Contains(stream, StringComparison.Ordinal), Patience, () => "the command is not parked");

        var (redriven, why) = await Operator.RunDeployedAsync(stack, "parked", "redrive", "--stream", stream);
        Assert.True(redriven == 1, why);
        Assert.Contains("newer than this release", why, StringComparison.Ordinal);
        var price = await seller.PostAsync($"products/{product}/price", Client.Price(90));
        Assert.True(price.Status == HttpStatusCode.Accepted, price.Text);

        Assert.Contains("is refused as malformed", await OperateAsync("parked", "refuse", "--stream", stream, "--why", "a test"), StringComparison.Ordinal);

        Assert.Equal(90, (await seller.SeesAsync(product, 2)).Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal());
        Assert.DoesNotContain(stream, await OperateAsync("parked", "list"), StringComparison.Ordinal);
    }

    /// <summary>Commands are still decided here, so it may see a commit whose events are not in the log yet.</summary>
    [Fact]
    public async Task Recovery_of_a_stack_that_lost_nothing_has_nothing_lost()
    {
        var (_, output) = await Operator.RunDeployedAsync(stack, "recover");

        Assert.Contains(" 0 streams with lost versions, 0 left as they are", output, StringComparison.Ordinal);
    }

    private async Task PutNewerCommandAsync(Client seller, Guid product)
    {
        using var kinesis = new AmazonKinesisClient(new BasicAWSCredentials("test", "test"), new AmazonKinesisConfig { ServiceURL = stack.Endpoint("kinesis").ToString(), AuthenticationRegion = "us-east-1" });
        var stream = ProductStreams.IdOf(product);
        var record = CommandJson.Write(ShopContracts.Commands, new CommandRecord(Guid.CreateVersion7(), null, stream, new AdjustInventory(1, "a test"), new Actor(seller.Subject, ShopRoles.Seller), DateTimeOffset.UtcNow));
        var newer = Encoding.UTF8.GetString(record).Replace("\"typeVersion\":1,", "\"typeVersion\":99,", StringComparison.Ordinal);
        await kinesis.PutRecordsAsync(new PutRecordsRequest
        {
            StreamName = ShopTopology.Commands.Name,
            Records = [new PutRecordsRequestEntry { PartitionKey = stream.ToString(), Data = new MemoryStream(Encoding.UTF8.GetBytes(newer)) }],
        });
    }

    private async Task<string> OperateAsync(params string[] arguments)
    {
        var (exitCode, output) = await Operator.RunDeployedAsync(stack, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
