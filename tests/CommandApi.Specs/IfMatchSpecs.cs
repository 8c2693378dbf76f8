using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Web.Requests;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class IfMatchSpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("\"1\"", 1L)]
    [InlineData("W/\"1\"", 1L)]
    [InlineData("\"1.3\"", 1L)]
    [InlineData("W/\"1.3\"", 1L)]
    [InlineData("\"1.v2\"", 1L)]
    [InlineData("W/\"1.3.v2\"", 1L)]
    [InlineData("*", null)]
    public async Task A_version_that_is_the_streams_matches(string ifMatch, long? travels)
    {
        var id = await _server.CreateProductAsync();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: [("If-Match", ifMatch), ("Prefer", "wait=5")]);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(travels, _server.Shop.Taken[^1].IfMatch);
    }

    [Fact]
    public async Task A_stale_version_is_412_without_being_asked_to_wait_and_stands_in_the_audit_trail()
    {
        var id = await _server.CreateProductAsync();
        await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80));
        _server.Shop.DecideAll();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(79), headers: ("If-Match", "\"1\""));
        var problem = await answer.ShouldBeProblemAsync(412, "version_mismatch");
        Assert.Equal(2, (int)problem["version"]!);
        Assert.Equal(3, _server.Shop.Taken.Count);
    }

    [Fact]
    public async Task A_version_that_is_still_under_way_matches()
    {
        var id = await _server.CreateProductAsync();
        await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80));
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(79), headers: ("If-Match", "\"2\""));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Another_seller_learns_nothing_of_the_version()
    {
        var id = await _server.CreateProductAsync();
        await (await _server.OtherSeller.SendAsync($"POST /products/{id}/price", Price(79), headers: ("If-Match", "\"9\""))).ShouldBeProblemAsync(403, "not_the_owner");
    }

    [Fact]
    public async Task Any_version_is_none_where_the_stream_is_new()
    {
        await (await _server.Seller.SendAsync("POST /products", Headphones, headers: ("If-Match", "*"))).ShouldBeProblemAsync(412, "version_mismatch");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"seven\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"\"")]
    [InlineData("\"1.\"")]
    [InlineData("\".3\"")]
    [InlineData("\"1.x\"")]
    [InlineData("\"1.2.3\"")]
    [InlineData("\"1.v\"")]
    [InlineData("\"1.v2.3\"")]
    [InlineData("\"v2\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"99999999999999999999\"")]
    public async Task What_is_no_version_is_400(string ifMatch) =>
        await (await _server.Seller.SendAsync($"POST /products/{Guid.NewGuid()}/price", Price(80), headers: ("If-Match", ifMatch))).ShouldBeProblemAsync(400, "if_match_invalid");

    [Theory]
    [InlineData("")]
    [InlineData("w/\"1\"")]
    [InlineData("W/1")]
    [InlineData("**")]
    public void What_no_client_library_would_send_is_no_version_either(string ifMatch) => Assert.False(IfMatch.TryParse(ifMatch, out _));
}
