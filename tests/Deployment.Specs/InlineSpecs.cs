using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>Runs the JavaScript in the templates unchanged.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class InlineSpecs(Synthesis synthesis)
{
    [Fact]
    public async Task An_access_token_carries_the_proven_address()
    {
        var answer = await RunAsync("Identity/EmailClaim/Function", """{"request":{"userAttributes":{"email":"a@example.com","email_verified":"true"}}}""");
        Assert.Equal("""{"email":"a@example.com","email_verified":"true"}""", Claims(answer));
    }

    [Fact]
    public async Task An_address_that_is_not_proven_says_so()
    {
        var answer = await RunAsync("Identity/EmailClaim/Function", """{"request":{"userAttributes":{"email":"a@example.com","email_verified":"false"}}}""");
        Assert.Equal("""{"email":"a@example.com","email_verified":"false"}""", Claims(answer));
    }

    [Theory]
    [InlineData("null", "customer")]
    [InlineData("""{"groupsToOverride":[]}""", "customer")]
    [InlineData("""{"groupsToOverride":["seller"]}""", "seller")]
    [InlineData("""{"groupsToOverride":["testers"]}""", "testers,customer")]
    public async Task User_without_a_group_of_ours_is_a_customer(string known, string groups)
    {
        var answer = await RunAsync("Identity/EmailClaim/Function", $$$"""{"request":{"userAttributes":{},"groupConfiguration":{{{known}}}}}""");
        Assert.Equal(groups, string.Join(',', answer["response"]!["claimsAndScopeOverrideDetails"]!["groupOverrideDetails"]!["groupsToOverride"]!.AsArray()));
    }

    /// <summary>
    /// The template puts any client's text into the same bucket as the topology: FNV's own test vectors, lengths at the
    /// limit, and a thousand sessions.
    /// </summary>
    [Fact]
    public async Task The_edge_puts_a_segment_into_the_bucket_that_the_topology_says()
    {
        string?[] segments = [null, "", "a", "b", "foo", "foobar", " ~", "Müller", "a\tb", "a\u007f", new string('x', 64), new string('x', 65), .. Enumerable.Range(0, 1000).Select(number => $"session-{number}")];

        var sorted = await SortAsync([.. segments.Select(segment => segment is null ? new JsonObject() : new JsonObject { ["shop-segment"] = new JsonObject { ["value"] = segment } })]);

        Assert.Equal(segments.Select(segment => Segments.BucketOf(segment)?.ToString(System.Globalization.CultureInfo.InvariantCulture)), sorted.Select(headers => headers["shop-bucket"]?["value"]?.ToString()));
        Assert.All(sorted, headers => Assert.False(headers.ContainsKey("shop-segment")));
    }

    [Fact]
    public async Task The_edge_takes_away_what_a_client_calls_its_bucket_and_leaves_the_rest_alone()
    {
        var value = new JsonObject { ["value"] = "7" };
        var twice = new JsonObject { ["value"] = "a", ["multiValue"] = new JsonArray(new JsonObject { ["value"] = "a" }, new JsonObject { ["value"] = "b" }) };

        var sorted = await SortAsync(
            new JsonObject { ["shop-bucket"] = value.DeepClone(), ["accept"] = value.DeepClone() },
            new JsonObject { ["shop-bucket"] = value.DeepClone(), ["shop-segment"] = twice });

        Assert.Equal(["""{"accept":{"value":"7"}}""", "{}"], sorted.Select(headers => headers.ToJsonString()));
    }

    [Theory]
    [InlineData("/products/0-1", null)]
    [InlineData("/products/0%2D1", "/products/0%2D1")]
    [InlineData("/%70roducts/0-1", "/%70roducts/0-1")]
    public async Task Edge_tells_the_origin_of_escapes_in_a_path_and_believes_no_client(string uri, string? said)
    {
        var code = synthesis.Production.At("AWS::CloudFront::Function", "Edge/Buckets")["FunctionCode"]!.ToString();
        var request = JsonSerializer.Serialize(new { request = new { uri, headers = new Dictionary<string, object> { [ShopTopology.Edge.PathHeader.ToLowerInvariant()] = new { value = "client's" } } } });
        var (exit, printed) = await Tool.RunAsync("node", ["-e", $"{code};console.log(JSON.stringify(handler({request}).headers))"]);
        Assert.True(exit == 0, printed);
        Assert.Equal(said, (string?)JsonNode.Parse(printed)!["shop-path"]?["value"]);
    }

    /// <summary>Returns the headers that CloudFront's function produces for each request.</summary>
    private async Task<IReadOnlyList<JsonObject>> SortAsync(params IReadOnlyList<JsonObject> requests)
    {
        var code = synthesis.Production.At("AWS::CloudFront::Function", "Edge/Buckets")["FunctionCode"]!.ToString();
        var events = JsonSerializer.Serialize(requests.Select(headers => new { request = new { uri = "/products", headers } }));
        var (exit, printed) = await Tool.RunAsync("node", ["-e", $"{code};console.log(JSON.stringify({events}.map((event) => handler(event).headers)))"]);
        Assert.True(exit == 0, printed);
        return [.. JsonNode.Parse(printed)!.AsArray().Select(headers => headers!.AsObject())];
    }

    private static string Claims(JsonNode answer) => answer["response"]!["claimsAndScopeOverrideDetails"]!["accessTokenGeneration"]!["claimsToAddOrOverride"]!.ToJsonString();

    private Task<JsonNode> RunAsync(string path, string payload) => Inline.RunAsync(synthesis.Production.At("AWS::Lambda::Function", path), payload);
}
