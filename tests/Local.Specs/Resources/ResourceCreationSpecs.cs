using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Kinesis.Model;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Resources;

/// <summary>The shop's whole topology, on the emulators.</summary>
[Collection(FleetCollection.Name)]
public sealed class ResourceCreationSpecs(FleetFixture fleet) : IDisposable
{
    private readonly AwsClients _aws = new(fleet.Fleet.Endpoints.DynamoDb, fleet.Fleet.Endpoints.Kinesis, fleet.Fleet.Endpoints.Sns, fleet.Fleet.Endpoints.Sqs);

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task To_create_what_exists_changes_nothing()
    {
        var first = await CreateAsync();
        var second = await CreateAsync();

        Assert.Equal(first.Topics, second.Topics);
        Assert.Equal(first.Queues, second.Queues);
        Assert.Equal(first.Streams, second.Streams);
    }

    [Fact]
    public async Task Tables_have_their_keys_their_indexes_and_their_time_to_live()
    {
        await CreateAsync();

        var products = (await _aws.DynamoDb.DescribeTableAsync(ShopTopology.ProductsV1.Name)).Table;
        var mails = await _aws.DynamoDb.DescribeTimeToLiveAsync(ShopTopology.Mails.Name);

        Assert.Equal(["by-name", "by-newest", "by-price"], products.GlobalSecondaryIndexes.Select(index => index.IndexName).Order());
        Assert.All(products.GlobalSecondaryIndexes, index => Assert.Equal(["summary", "sum:stars", "sum:reviews"], index.Projection.NonKeyAttributes));
        Assert.Equal("expiresAt", mails.TimeToLiveDescription.AttributeName);
        Assert.Equal(TimeToLiveStatus.ENABLED, mails.TimeToLiveDescription.TimeToLiveStatus);
    }

    [Fact]
    public async Task The_stream_has_its_shards()
    {
        await CreateAsync();
        var shards = await _aws.Kinesis.ListShardsAsync(new ListShardsRequest { StreamName = ShopTopology.Commands.Name });
        Assert.Equal(ShopTopology.Commands.Shards, shards.Shards!.Count);
    }

    [Fact]
    public async Task A_queue_has_its_numbers_and_its_dead_letters()
    {
        var created = await CreateAsync();
        var queue = ShopTopology.Mail;

        var attributes = (await _aws.Sqs.GetQueueAttributesAsync(created.Queues[queue.Name].Url, ["All"])).Attributes;

        Assert.Equal("3", attributes[QueueAttributeName.DelaySeconds]);
        Assert.Equal("360", attributes[QueueAttributeName.VisibilityTimeout]);
        Assert.Equal("1209600", attributes[QueueAttributeName.MessageRetentionPeriod]);
        using var redrive = JsonDocument.Parse(attributes[QueueAttributeName.RedrivePolicy]);
        Assert.Equal(created.Queues[queue.DeadLettersName].Arn, redrive.RootElement.GetProperty("deadLetterTargetArn").GetString());
        Assert.Equal("20", redrive.RootElement.GetProperty("maxReceiveCount").ToString());
    }

    [Fact]
    public async Task A_message_reaches_the_queues_that_want_its_tag_once_and_raw()
    {
        // A client that was cut off during a long poll would still get the message. The emulator does not notice, but a
        // kill makes it forget.
        await fleet.KillAndAwaitRestartAsync(ServerlessCqrs.LocalRuntime.Emulators.Fauxqs.Name);
        await CreateAsync();
        var created = await CreateAsync(); // a second subscription would double it

        await PublishAsync(created, "a price fell", ShopTopology.Mail.Tag);
        await PublishAsync(created, "a product was born", ShopTopology.ReadModels.Tag);

        Assert.Equal(["a product was born"], await BodiesAsync(created, ShopTopology.ReadModels));
        Assert.Equal(["a price fell"], await BodiesAsync(created, ShopTopology.Mail));
    }

    [Fact]
    public async Task What_an_emulator_in_memory_forgot_is_made_again_under_the_same_names()
    {
        var before = await CreateAsync();

        await fleet.KillAndAwaitRestartAsync(ServerlessCqrs.LocalRuntime.Emulators.Fauxqs.Name);
        var (topics, queues) = await new ResourceCreation(_aws).CreateMessagingAsync(ShopTopology.Queues, default);

        Assert.Equal(before.Topics, topics);
        Assert.Equal(before.Queues, queues);
    }

    private Task<CreatedResources> CreateAsync() =>
        new ResourceCreation(_aws).CreateAsync(ShopTopology.Tables, ShopTopology.Queues, [ShopTopology.Commands], default);

    private Task PublishAsync(CreatedResources created, string message, string tag) => _aws.Sns.PublishBatchAsync(new PublishBatchRequest
    {
        TopicArn = created.Topics[ShopTopology.Events.Name],
        PublishBatchRequestEntries =
        [
            new() { Id = "1", Message = message, MessageAttributes = new() { [tag] = new() { DataType = "String", StringValue = "1" } } },
        ],
    });

    /// <summary>Waits for the first message, and then receives until the queue is empty.</summary>
    private async Task<List<string>> BodiesAsync(CreatedResources created, Queue queue)
    {
        var bodies = new List<string>();
        for (var wait = 20; ; wait = 1)
        {
            var received = await _aws.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest
            {
                QueueUrl = created.Queues[queue.Name].Url,
                WaitTimeSeconds = wait,
                MaxNumberOfMessages = 10,
            });
            if (received.Messages is not { Count: > 0 } messages)
                return bodies;
            bodies.AddRange(messages.Select(message => message.Body));
        }
    }
}
