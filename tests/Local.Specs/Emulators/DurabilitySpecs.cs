using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ClickHouse.Driver.ADO;
using ServerlessCqrs.Local.ClickHouse;
using ServerlessCqrs.Local.Emulators;

namespace ServerlessCqrs.Local.Specs.Emulators;

/// <summary>What an emulator has acknowledged is there after SIGKILL and a restart.</summary>
[Collection(FleetCollection.Name)]
public sealed class DurabilitySpecs(FleetFixture fixture)
{
    [Fact]
    public async Task DynamoDB_Local_keeps_its_items()
    {
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = fixture.Fleet.Endpoints.DynamoDb.ToString(), AuthenticationRegion = "us-east-1" });
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "tips",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        });
        for (var i = 0; i < 20; i++)
            await client.PutItemAsync("tips", new Dictionary<string, AttributeValue> { ["id"] = new($"product-{i}"), ["version"] = new() { N = $"{i}" } });

        await fixture.KillAndAwaitRestartAsync(DynamoDbLocal.Name);

        var kept = await client.ScanAsync(new ScanRequest("tips") { ConsistentRead = true });
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"product-{i}@{i}").Order(), kept.Items.Select(item => $"{item["id"].S}@{item["version"].N}").Order());
    }

    [Fact]
    public async Task Kinesalite_keeps_its_records_in_order()
    {
        using var kinesis = new RawKinesis(fixture.Fleet.Endpoints.Kinesis);
        await kinesis.CallAsync("CreateStream", new { StreamName = "commands", ShardCount = 1 });
        for (var i = 0; i < 20; i++)
            await kinesis.CallAsync("PutRecord", new { StreamName = "commands", PartitionKey = "product-1", Data = Convert.ToBase64String([(byte)i]) });

        await fixture.KillAndAwaitRestartAsync(Kinesalite.Name);

        var iterator = (await kinesis.CallAsync("GetShardIterator", new { StreamName = "commands", ShardId = "shardId-000000000000", ShardIteratorType = "TRIM_HORIZON" }))["ShardIterator"]!.GetValue<string>();
        var records = (await kinesis.CallAsync("GetRecords", new { ShardIterator = iterator, Limit = 100 }))["Records"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 20), records.Select(record => (int)Convert.FromBase64String(record!["Data"]!.GetValue<string>()).Single()));
    }

    [Fact]
    public async Task ClickHouse_keeps_every_acknowledged_row_and_takes_more()
    {
        await using var connection = new ClickHouseConnection(fixture.ClickHouse);
        await connection.ExecuteAsync("CREATE TABLE survivors (n UInt32) ENGINE = MergeTree ORDER BY n");
        for (var i = 0; i < 20; i++)
            await connection.ExecuteAsync("INSERT INTO survivors VALUES ({n:UInt32})", ("n", i));

        await fixture.KillAndAwaitRestartAsync(ClickHouseServer.Name);

        Assert.Equal("20/190", await connection.ScalarAsync("SELECT concat(toString(count()), '/', toString(sum(n))) FROM survivors"));
        await connection.ExecuteAsync("INSERT INTO survivors VALUES (20)");
        Assert.Equal("21", await connection.ScalarAsync("SELECT toString(count()) FROM survivors"));
    }
}
