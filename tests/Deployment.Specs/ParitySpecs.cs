using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>The deployed system equals the local one: both follow from the topology and contain nothing else.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class ParitySpecs(Synthesis synthesis)
{
    /// <summary>The places of the topology's terms in a template.</summary>
    private static readonly Dictionary<string, string[]> Said = new()
    {
        ["AWS::Kinesis::Stream"] = ["RetentionPeriodHours", "ShardCount", "StreamModeDetails"],
        ["AWS::SNS::Subscription"] = ["Endpoint", "FilterPolicy", "Protocol", "RawMessageDelivery", "TopicArn"],
        ["AWS::SQS::Queue"] = ["DelaySeconds", "MessageRetentionPeriod", "RedrivePolicy", "VisibilityTimeout"],
        ["AWS::DynamoDB::Table"] = ["AttributeDefinitions", "GlobalSecondaryIndexes", "KeySchema", "PointInTimeRecoverySpecification", "TimeToLiveSpecification"],
        ["AWS::Lambda::EventSourceMapping"] =
        [
            "BatchSize", "BisectBatchOnFunctionError", "EventSourceArn", "FunctionName", "FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts", "ParallelizationFactor",
            "ScalingConfig", "StartingPosition",
        ],
        ["AWS::Events::Rule"] = ["ScheduleExpression", "State", "Targets"],
        ["AWS::Lambda::EventInvokeConfig"] = ["FunctionName", "MaximumEventAgeInSeconds", "MaximumRetryAttempts", "Qualifier"],
        ["AWS::Lambda::Function"] = ["Description", "Environment", "Handler", "MemorySize", "ReservedConcurrentExecutions", "Timeout"],
    };

    [Fact]
    public void Production_is_the_topology() => Equal(TopologyLines.All(synthesis.ProductionOptions), synthesis.Production);

    [Fact]
    public void Development_is_the_topology() => Equal(TopologyLines.All(synthesis.DevelopmentOptions), synthesis.Development);

    [Fact]
    public void Only_the_setting_of_a_replicated_ClickHouse_is_of_AWS_alone()
    {
        Assert.Empty(new TemplateLines(synthesis.Production).OnlyHere);
        Assert.Equal(["CLICKHOUSE_REPLICATED"], new TemplateLines(synthesis.Development).OnlyHere);
    }

    [Fact]
    public void Nothing_can_be_removed_unseen()
    {
        var parts = synthesis.Production.Resources.Where(IsPart).ToList();
        Assert.Empty(parts.Where(part => !IsSeen(cloud => cloud.Remove(cloud.At(part.Type, part.Path)))).Select(part => part.Path));
        Assert.True(parts.Count > 25, $"only {parts.Count} parts");
    }

    [Fact]
    public void Nothing_that_the_topology_says_can_be_changed_unseen()
    {
        var leaves = synthesis.Production.Resources.Where(IsPart).SelectMany(part => Said[part.Type].SelectMany(property => Leaves(part[property], $"{property}")).Select(leaf => (part, leaf))).ToList();
        Assert.Empty(leaves.Where(item => !IsSeen(cloud => Change(cloud.At(item.part.Type, item.part.Path), item.leaf))).Select(item => $"{item.part.Path} {item.leaf}"));
        Assert.True(leaves.Count > 200, $"only {leaves.Count} values");
    }

    [Theory]
    [InlineData("/users/me/orders", true)]
    [InlineData("/orders/1", true)]
    [InlineData("/commands/product-1/2", true)]
    [InlineData("/products/1/history", true)]
    [InlineData("/products/1/reviews/pending", true)]
    [InlineData("/products/1", false)]
    [InlineData("/products/1/reviews", false)]
    [InlineData("/health/sync-lag", false)]
    public void The_gateway_here_asks_for_a_token_where_the_one_there_does(string path, bool isPrivate)
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext { Request = { Method = "GET", Path = path } }.Request;
        Assert.Equal(isPrivate, new RouteRules(ShopTopology.Edge).NeedsToken(request));
        Assert.Equal(isPrivate, ShopTopology.Edge.PrivateReads.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, path)));
    }

    private static bool IsPart(Resource resource) => Said.ContainsKey(resource.Type)
        && resource.Part != "Alerts"
        && (resource.Type != "AWS::Lambda::Function" || resource["Runtime"]?.ToString() == "dotnet10");

    private static void Equal(IEnumerable<string> said, Cloud cloud) => Assert.Equal(
        string.Join('\n', said.Order(StringComparer.Ordinal)),
        string.Join('\n', new TemplateLines(cloud).All.Order(StringComparer.Ordinal)));

    private bool IsSeen(Action<Cloud> damage) => !TopologyLines.All(synthesis.ProductionOptions).Order(StringComparer.Ordinal)
        .SequenceEqual(LinesOrNone(synthesis.Production.Damaged(damage)).Order(StringComparer.Ordinal));

    /// <summary>Returns no lines for a template that is too damaged to be read.</summary>
    private static IReadOnlyList<string> LinesOrNone(Cloud cloud)
    {
        try
        {
            return new TemplateLines(cloud).All;
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or ArgumentException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string at) => node switch
    {
        null => [],
        JsonObject map => map.SelectMany(pair => Leaves(pair.Value, $"{at}|{pair.Key}")),
        JsonArray list => list.SelectMany((item, index) => Leaves(item, $"{at}|{index}")),
        _ => [at],
    };

    private static void Change(Resource resource, string leaf)
    {
        var keys = leaf.Split('|');
        JsonNode parent = resource.Properties;
        foreach (var key in keys[..^1]) parent = (parent is JsonArray list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] : parent[key])!;
        if (parent is JsonArray items) items[int.Parse(keys[^1], System.Globalization.CultureInfo.InvariantCulture)] = "changed";
        else parent[keys[^1]] = "changed";
    }
}
