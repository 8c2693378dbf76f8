using System.Net;
using System.Text.Json;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>The Operator on a stack that it finds through CloudFormation: here one that tells of the local stack, with everything else as on AWS.</summary>
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

        // A message about nothing: every function is done with it at once.
        foreach (var queue in ShopTopology.Queues) await queues.Sqs.SendMessageAsync(await LetterAsync(queue));
        Assert.Contains($"{listed.Count} dead letters were sent to their functions again", await OperateAsync("deadletters", "redrive", "--reason", "a test's"), StringComparison.Ordinal);

        // As if it had come so often before: this receive is its last.
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

    private async Task<string> OperateAsync(params string[] arguments)
    {
        var (exitCode, output) = await Operator.RunDeployedAsync(stack, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
