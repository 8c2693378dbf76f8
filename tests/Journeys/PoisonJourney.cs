using System.Globalization;
using System.Net;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>Data that no code can handle is set aside with its reason, and everything else continues.</summary>
[Collection(JourneysCollection.Name)]
public sealed class PoisonJourney(LocalStack stack)
{
    private static readonly BasicAWSCredentials Credentials = new("test", "test");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_malformed_record_is_refused_and_recorded_and_the_shard_goes_on()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        using var kinesis = new AmazonKinesisClient(Credentials, new AmazonKinesisConfig { ServiceURL = stack.Endpoint("kinesis").ToString(), AuthenticationRegion = "us-east-1" });
        await kinesis.PutRecordsAsync(new PutRecordsRequest
        {
            StreamName = ShopTopology.Commands.Name,
            Records = [new PutRecordsRequestEntry { PartitionKey = $"product-{product}", Data = new MemoryStream("this is no command"u8.ToArray()) }],
        });

        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(90), ("Prefer", "wait=20"))).Status);
        await Eventually.TrueAsync(
            async () => (await ClickHouse.QueryAsync(stack, "SELECT status, code FROM commands FINAL WHERE stream_id = {stream:String} AND code = 'malformed'", ("stream", $"product-{product}"))).Trim() == "refused\tmalformed",
            Patience,
            () => "the record stands in no audit trail");
    }

    [Fact]
    public async Task Event_that_no_function_can_handle_becomes_a_dead_letter()
    {
        var seller = await stack.UserAsync("seller");
        var (known, unknown) = (await seller.CreateProductAsync(), ProductStreams.IdOf(Guid.NewGuid()));
        var actor = new Actor(seller.Subject, ShopRoles.Seller);
        var at = DateTimeOffset.UnixEpoch;
        EventRecord[] events =
        [
            new EventRecord(ShopContracts.Events, unknown, 1, Guid.NewGuid(), "ProductTeleported", 1, "{}", Guid.NewGuid(), actor, at),
            EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(known), 1, new ProductDeleted("never applied: the product is at version 1 already", 0), Guid.NewGuid(), 0, actor, at),
        ];
        using var sqs = new AmazonSQSClient(Credentials, new AmazonSQSConfig { ServiceURL = stack.Endpoint("sqs").ToString(), AuthenticationRegion = "us-east-1" });
        var queue = (await sqs.GetQueueUrlAsync(ShopTopology.ReadModels.Name)).QueueUrl;
        // The attribute counts earlier receives, so that this receive is its last.
        await sqs.SendMessageAsync(new SendMessageRequest(queue, EventMessage.Write(events, []))
        {
            MessageAttributes = new() { [FollowedMessage.Receives] = new MessageAttributeValue { DataType = "Number", StringValue = $"{ShopTopology.ReadModels.MaxReceiveCount}" } },
        });

        var deadLetters = (await sqs.GetQueueUrlAsync(ShopTopology.ReadModels.DeadLettersName)).QueueUrl;
        Message? dead = null;
        await Eventually.TrueAsync(
            async () => (dead = (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(deadLetters) { MessageAttributeNames = ["All"], WaitTimeSeconds = 1, VisibilityTimeout = 0 })).Messages?.FirstOrDefault(message => message.Body.Contains("ProductTeleported", StringComparison.Ordinal))) is not null,
            Patience,
            () => "no dead letter came");

        Assert.Contains("ProductTeleported", dead!.MessageAttributes["reason"].StringValue, StringComparison.Ordinal);
        Assert.Equal(unknown, Assert.Single(EventMessage.Parse(ShopContracts.Events, dead.Body).Events).Stream);
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{known}/price", Client.Price(90), ("Prefer", "wait=20"))).Status);
        await Eventually.TrueAsync(async () => (await seller.GetAsync($"products/{known}?atLeastVersion=2")).Status == HttpStatusCode.OK, Patience, () => "the other product is stuck");
        await sqs.PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = deadLetters });
    }
}
