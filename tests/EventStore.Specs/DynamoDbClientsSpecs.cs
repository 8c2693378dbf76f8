using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Specs;

public sealed class DynamoDbClientsSpecs
{
    [Fact]
    public void A_function_is_not_held_up_longer_than_half_of_its_30_seconds() => Assert.InRange(Longest(DynamoDbClients.ForFunctions()), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));

    [Fact]
    public void A_request_is_not_held_up_longer_than_a_client_waits() => Assert.InRange(Longest(DynamoDbClients.ForRequests()), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));

    [Fact]
    public void The_event_store_brings_the_bounded_client_unless_the_program_has_its_own()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["STREAM_TIPS_TABLE"] = "tips", ["CLICKHOUSE"] = "Host=127.0.0.1", ["AWS_REGION"] = "us-east-1" })
            .Build();
        using var own = new AmazonDynamoDBClient(new BasicAWSCredentials("a", "b"), new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:1" });

        Assert.Single(new ServiceCollection().AddEventStore(settings, ShopDomain.Instance), service => service.ServiceType == typeof(IAmazonDynamoDB));
        using var services = new ServiceCollection().AddSingleton<IAmazonDynamoDB>(own).AddEventStore(settings, ShopDomain.Instance).BuildServiceProvider();
        Assert.Same(own, services.GetRequiredService<IAmazonDynamoDB>());
    }

    // Standard retries wait a random part of at most one, two and four seconds.
    private static TimeSpan Longest(AmazonDynamoDBConfig config) => config.Timeout!.Value * (config.MaxErrorRetry + 1);
}
