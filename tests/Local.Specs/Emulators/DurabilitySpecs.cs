using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ClickHouse.Driver.ADO;
using ServerlessCqrs.LocalRuntime.ClickHouse;
using ServerlessCqrs.LocalRuntime.Emulators;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

/// <summary>What an emulator has acknowledged survives a SIGKILL in the middle of writing, and a restart.</summary>
[Collection(FleetCollection.Name)]
public sealed class DurabilitySpecs(FleetFixture fixture)
{
    [Fact]
    public async Task DynamoDB_Local_keeps_its_items()
    {
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = fixture.Fleet.Endpoints.DynamoDb.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "tips",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        });

        var acknowledged = await fixture.WriteUntilKilledAsync(
            DynamoDbLocal.Name,
            i => client.PutItemAsync("tips", new Dictionary<string, AttributeValue> { ["id"] = new($"product-{i}"), ["version"] = new() { N = $"{i}" } }));

        var kept = await client.ScanAsync(new ScanRequest("tips") { ConsistentRead = true });
        Assert.Subset(
            kept.Items.Select(item => $"{item["id"].S}@{item["version"].N}").ToHashSet(),
            acknowledged.Select(i => $"product-{i}@{i}").ToHashSet());
    }

    [Fact]
    public async Task Kinesalite_keeps_its_records_in_order()
    {
        using var kinesis = new RawKinesis(fixture.Fleet.Endpoints.Kinesis);
        await kinesis.CallAsync("CreateStream", new { StreamName = "durability", ShardCount = 1 });
        while ((await kinesis.CallAsync("DescribeStreamSummary", new { StreamName = "durability" }))["StreamDescriptionSummary"]!["StreamStatus"]!.GetValue<string>() != "ACTIVE")
            await Task.Yield();

        var acknowledged = await fixture.WriteUntilKilledAsync(
            Kinesalite.Name,
            i => kinesis.CallAsync("PutRecord", new { StreamName = "durability", PartitionKey = "product-1", Data = Convert.ToBase64String([(byte)(i >> 8), (byte)i]) }));

        var iterator = (await kinesis.CallAsync("GetShardIterator", new { StreamName = "durability", ShardId = "shardId-000000000000", ShardIteratorType = "TRIM_HORIZON" }))["ShardIterator"]!.GetValue<string>();
        var records = (await kinesis.CallAsync("GetRecords", new { ShardIterator = iterator, Limit = 10_000 }))["Records"]!.AsArray();
        var kept = records.Select(record => Convert.FromBase64String(record!["Data"]!.GetValue<string>())).Select(bytes => (bytes[0] << 8) + bytes[1]).ToArray();
        Assert.Equal(acknowledged, kept.Take(acknowledged.Count));
        // The write in flight may be stored without acknowledgement.
        Assert.InRange(kept.Length, acknowledged.Count, acknowledged.Count + 1);
    }

    [Fact]
    public async Task ClickHouse_keeps_every_acknowledged_row_and_takes_more()
    {
        await using var connection = new ClickHouseConnection(fixture.ClickHouse);
        await connection.ExecuteAsync("CREATE TABLE survivors (n UInt32) ENGINE = MergeTree ORDER BY n");

        var acknowledged = await fixture.WriteUntilKilledAsync(
            ClickHouseServer.Name,
            i => connection.ExecuteAsync("INSERT INTO survivors VALUES ({n:UInt32})", ("n", i)));

        var last = acknowledged[^1];
        Assert.Equal($"{acknowledged.Count}", await connection.ScalarAsync("SELECT toString(count()) FROM survivors WHERE n <= {last:UInt32}", ("last", last)));
        await connection.ExecuteAsync("INSERT INTO survivors VALUES (4000000000)");
        Assert.Equal("1", await connection.ScalarAsync("SELECT toString(count()) FROM survivors WHERE n = 4000000000"));
    }
}
