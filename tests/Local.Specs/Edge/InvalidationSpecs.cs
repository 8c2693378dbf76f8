using Amazon.CloudFront;
using Amazon.CloudFront.Model;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.LocalRuntime.Specs.Lambda;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Edge;

/// <summary>Invalidates over the wire, with the client of the functions.</summary>
public sealed class InvalidationSpecs
{
    [Fact]
    public async Task An_invalidated_path_is_asked_of_the_origin_again()
    {
        await using var edge = await EdgeInHand.StartAsync();
        await edge.GetAsync("/products/1");

        var answer = await InvalidateAsync(edge, "one", "/products/1");
        var after = await edge.GetAsync("/products/1");

        Assert.Equal(("2", "Miss"), (after.Body, after.Cache));
        Assert.Equal("InProgress", answer.Invalidation!.Status);
        Assert.Equal("one", answer.Invalidation.InvalidationBatch!.CallerReference);
        Assert.Equal(["/products/1"], answer.Invalidation.InvalidationBatch.Paths!.Items);
    }

    [Theory]
    [InlineData("/products/1", "/products/1", true)]
    [InlineData("/products/1", "/products/1?version=2", false)]
    [InlineData("/products/1", "/products/12", false)]
    [InlineData("/products/1", "/Products/1", false)]
    [InlineData("/products/1?version=2", "/products/1?version=2", true)]
    [InlineData("/products/1*", "/products/1?version=2", true)]
    [InlineData("/products/1*", "/products/12", true)]
    [InlineData("/products/*", "/products?sort=name", false)]
    [InlineData("/*", "/products?sort=name", true)]
    public async Task A_path_is_matched_with_its_query_string(string path, string cached, bool isGone)
    {
        await using var edge = await EdgeInHand.StartAsync();
        await edge.GetAsync(cached);

        await InvalidateAsync(edge, "one", path);

        Assert.Equal(isGone ? "Miss" : "Hit", (await edge.GetAsync(cached)).Cache);
    }

    [Fact]
    public async Task Every_encoding_of_an_object_is_invalidated()
    {
        await using var edge = await EdgeInHand.StartAsync();
        await edge.GetAsync("/products/1", ("Accept-Encoding", "br"));
        await edge.GetAsync("/products/1");

        await InvalidateAsync(edge, "one", "/products/1");

        Assert.Equal("Miss", (await edge.GetAsync("/products/1", ("Accept-Encoding", "br"))).Cache);
        Assert.Equal("Miss", (await edge.GetAsync("/products/1")).Cache);
    }

    [Fact]
    public async Task Every_bucket_of_an_object_is_invalidated()
    {
        await using var edge = await EdgeInHand.StartAsync();
        await edge.GetAsync("/products/1", (ShopTopology.Edge.SegmentHeader, "session-1"));
        await edge.GetAsync("/products/1");

        await InvalidateAsync(edge, "one", "/products/1");

        Assert.Equal("Miss", (await edge.GetAsync("/products/1", (ShopTopology.Edge.SegmentHeader, "session-1"))).Cache);
        Assert.Equal("Miss", (await edge.GetAsync("/products/1")).Cache);
    }

    [Fact]
    public async Task The_same_caller_reference_invalidates_once()
    {
        await using var edge = await EdgeInHand.StartAsync();
        var first = await InvalidateAsync(edge, "one", "/products/1");
        await edge.GetAsync("/products/1");

        var second = await InvalidateAsync(edge, "one", "/products/1");

        Assert.Equal(first.Invalidation!.Id, second.Invalidation!.Id);
        Assert.Equal("Hit", (await edge.GetAsync("/products/1")).Cache);
    }

    [Fact]
    public async Task The_same_caller_reference_with_other_paths_is_refused()
    {
        await using var edge = await EdgeInHand.StartAsync();
        await InvalidateAsync(edge, "one", "/products/1");

        var refused = await Assert.ThrowsAnyAsync<AmazonCloudFrontException>(() => InvalidateAsync(edge, "one", "/products/2"));

        Assert.Equal("InvalidationBatchAlreadyExists", refused.ErrorCode);
    }

    [Fact]
    public async Task A_foreign_distribution_does_not_exist()
    {
        await using var edge = await EdgeInHand.StartAsync();
        await Assert.ThrowsAsync<NoSuchDistributionException>(() => InvalidateAsync(edge, "one", "/products/1", distribution: "EOTHER"));
    }

    [Theory]
    [InlineData("products/1")]
    [InlineData("")]
    public async Task A_path_that_does_not_begin_with_a_slash_is_refused(string path)
    {
        await using var edge = await EdgeInHand.StartAsync();
        await Assert.ThrowsAsync<InvalidArgumentException>(() => InvalidateAsync(edge, "one", path));
    }

    [Fact]
    public async Task A_quantity_that_is_not_the_number_of_paths_is_refused()
    {
        await using var edge = await EdgeInHand.StartAsync();
        using var client = Client(edge);
        var batch = new InvalidationBatch(new Paths { Items = ["/a"], Quantity = 2 }, "one");

        var refused = await Assert.ThrowsAnyAsync<AmazonCloudFrontException>(() => client.CreateInvalidationAsync(new CreateInvalidationRequest(EdgeInHand.Distribution, batch)));

        Assert.Equal("InconsistentQuantities", refused.ErrorCode);
    }

    /// <summary>This is CloudFront's behavior, and the reason why products live at most 10 s at the edge.</summary>
    [Fact]
    public async Task Fetch_that_an_invalidation_overtakes_keeps_the_old_body_for_its_lifetime()
    {
        await using var edge = await EdgeInHand.StartAsync();
        var open = new TaskCompletionSource();
        edge.Origin.Answer = async http =>
        {
            await open.Task;
            http.Response.Headers.CacheControl = "s-maxage=30";
            await http.Response.WriteAsync("old");
        };
        var under = edge.GetAsync("/products/1");
        await Waiting.UntilAsync(() => !edge.Origin.Asked.IsEmpty, "the origin to be asked");

        await InvalidateAsync(edge, "one", "/products/1");
        open.SetResult();
        await under;

        Assert.Equal(("old", "Hit"), await BodyAndCacheAsync(edge));
        edge.Clock.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("Miss", (await edge.GetAsync("/products/1")).Cache);
    }

    private static async Task<(string Body, string Cache)> BodyAndCacheAsync(EdgeInHand edge)
    {
        var (body, cache, _) = await edge.GetAsync("/products/1");
        return (body, cache);
    }

    private static async Task<CreateInvalidationResponse> InvalidateAsync(EdgeInHand edge, string reference, string path, string distribution = EdgeInHand.Distribution)
    {
        using var client = Client(edge);
        var batch = new InvalidationBatch(new Paths { Items = [path], Quantity = 1 }, reference);
        return await client.CreateInvalidationAsync(new CreateInvalidationRequest(distribution, batch));
    }

    private static AmazonCloudFrontClient Client(EdgeInHand edge) => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonCloudFrontConfig { ServiceURL = edge.Edge.InvalidationUrl.ToString() });
}
