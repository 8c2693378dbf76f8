using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Edge;

/// <summary>A client's segment becomes its bucket, and each bucket has its own answers.</summary>
public sealed class BucketSpecs
{
    private static readonly string Bucket = Segments.BucketOf("session-1")!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("/products/1", "GET")]
    [InlineData("/products/1", "HEAD")]
    [InlineData("/products/1", "POST")]
    [InlineData("/users/me", "GET")]
    public async Task Origin_learns_the_bucket_and_neither_segment_nor_a_clients_bucket(string path, string method)
    {
        await using var edge = await EdgeInHand.StartAsync(cacheControl: "no-store");

        await edge.SendAsync(new HttpMethod(method), path, (ShopTopology.Edge.SegmentHeader, "session-1"), (ShopTopology.Edge.BucketHeader, "1"));
        await edge.SendAsync(new HttpMethod(method), path, (ShopTopology.Edge.BucketHeader, "1"));
        edge.Clock.Pass(ShopTopology.Edge.ShortestLife);
        await edge.SendAsync(new HttpMethod(method), path, (ShopTopology.Edge.SegmentHeader, new string('a', 65)));

        Assert.Equal([Bucket, null, null], edge.Origin.AskedHeaders.Select(headers => headers.GetValueOrDefault(ShopTopology.Edge.BucketHeader)));
        Assert.All(edge.Origin.AskedHeaders, headers => Assert.DoesNotContain(ShopTopology.Edge.SegmentHeader, headers.Keys));
    }

    [Theory]
    [InlineData("/products/0-1", "GET", null)]
    [InlineData("/products/0%2F1", "GET", "/products/0%2F1")]
    [InlineData("/products/0%2F1", "HEAD", "/products/0%2F1")]
    [InlineData("/products/0-1?q=%20", "GET", null)]
    [InlineData("/users/me%2F", "GET", "/users/me%2F")]
    public async Task Origin_learns_of_escapes_in_the_path_and_believes_no_client(string path, string method, string? said)
    {
        await using var edge = await EdgeInHand.StartAsync(cacheControl: "no-store");

        await edge.SendAsync(new HttpMethod(method), path, (ShopTopology.Edge.PathHeader, "client's"));

        Assert.Equal(said, Assert.Single(edge.Origin.AskedHeaders).GetValueOrDefault(ShopTopology.Edge.PathHeader));
    }

    [Fact]
    public async Task Every_bucket_has_its_own_answers()
    {
        await using var edge = await EdgeInHand.StartAsync();
        var other = Enumerable.Range(2, 100).Select(number => $"session-{number}").First(segment => Segments.BucketOf(segment) != Segments.BucketOf("session-1"));
        var twin = Enumerable.Range(2, 1000).Select(number => $"session-{number}").First(segment => Segments.BucketOf(segment) == Segments.BucketOf("session-1"));

        var bodies = new List<string>();
        foreach (var segment in new[] { null, "session-1", other, twin, null }) bodies.Add((await edge.GetAsync("/products/1", segment is null ? [] : [(ShopTopology.Edge.SegmentHeader, segment)])).Body);

        Assert.Equal(["1", "2", "3", "2", "1"], bodies);
    }
}
