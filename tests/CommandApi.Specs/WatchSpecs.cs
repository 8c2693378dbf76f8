using System.Text;
using Amazon.Runtime;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class WatchSpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_watch_carries_the_tokens_address_sealed_and_never_in_the_clear()
    {
        var id = await _server.CreateProductAsync();
        var answer = await _server.Customer.SendAsync($"PUT /products/{id}/watch", headers: ("Prefer", "wait=5"));
        Assert.Equal(200, (int)answer.StatusCode);
        var command = _server.Shop.Taken[^1];
        var watch = Assert.IsType<WatchPrice>(command.Command);
        Assert.Equal((WatchStreams.IdOf(id, "customer-1"), id, "customer-1", "customer-1"), (command.Stream, watch.ProductId, watch.Customer, watch.Email.Person));
        Assert.DoesNotContain("ann@example.org", Encoding.UTF8.GetString(CommandJson.Write(ShopContracts.Commands, command)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_costs_one_read_and_one_put()
    {
        var id = await _server.CreateProductAsync();
        var reads = _server.Shop.TipReads;
        await _server.Customer.SendAsync($"PUT /products/{id}/watch");
        Assert.Equal((reads + 1, 2), (_server.Shop.TipReads, _server.Shop.Taken.Count));
    }

    [Fact]
    public async Task A_watch_can_be_ended_and_ending_it_again_changes_nothing()
    {
        var id = await _server.CreateProductAsync();
        await _server.Customer.SendAsync($"PUT /products/{id}/watch");
        _server.Shop.DecideAll();
        foreach (var status in (string[])["applied", "unchanged"])
        {
            var answer = await _server.Customer.SendAsync($"DELETE /products/{id}/watch", headers: ("Prefer", "wait=5"));
            Assert.Equal(status, (string?)(await answer.JsonAsync())["status"]);
        }
    }

    [Fact]
    public async Task A_watch_of_an_unknown_product_is_404_after_a_second()
    {
        await (await _server.Customer.SendAsync($"PUT /products/{Guid.NewGuid()}/watch")).ShouldBeProblemAsync(404, "product_not_found");
        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public async Task Only_customers_watch()
    {
        var id = await _server.CreateProductAsync();
        await (await _server.Seller.SendAsync($"PUT /products/{id}/watch")).ShouldBeProblemAsync(403, "not_a_customer");
        await (await _server.Seller.SendAsync($"DELETE /products/{id}/watch")).ShouldBeProblemAsync(403, "not_a_customer");
        Assert.Single(_server.Shop.Taken);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("ann@example.org", false)]
    public async Task A_watch_needs_an_address_that_is_proven(string? email, bool? verified)
    {
        var id = await _server.CreateProductAsync();
        var client = _server.ClientOf(Identity.Token("customer-1", ["customer"], email, verified));
        await (await client.SendAsync($"PUT /products/{id}/watch")).ShouldBeProblemAsync(403, "email_missing");
    }

    [Fact]
    public async Task A_customer_who_was_erased_cannot_watch()
    {
        var id = await _server.CreateProductAsync();
        _server.Personal.Erased.Add("customer-1");
        await (await _server.Customer.SendAsync($"PUT /products/{id}/watch")).ShouldBeProblemAsync(403, "person_erased");
    }

    [Theory]
    [InlineData("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public async Task One_click_ends_the_watch_without_a_bearer_and_again(string? body, string contentType)
    {
        var id = await _server.CreateProductAsync();
        await _server.Customer.SendAsync($"PUT /products/{id}/watch");
        var token = await PersonalToken.CreateAsync(_server.Personal, WatchTokens.Unsubscribe, "customer-1", id, TestContext.Current.CancellationToken);
        for (var i = 0; i < 2; i++)
        {
            var answer = await _server.Nobody.SendAsync($"POST /unsubscribe/{token}", body, contentType);
            Assert.Equal((200, "text/plain"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        _server.Shop.DecideAll();
        var tip = _server.Shop.TipOf(WatchStreams.IdOf(id, "customer-1"))!;
        Assert.Equal(2, tip.Version);
        Assert.Equal(CommandStatus.Unchanged, tip.Newest.Outcomes[0].Status);
        Assert.Equal(new Actor("customer-1", "customer"), _server.Shop.Taken[^1].Actor);
    }

    [Theory]
    [InlineData("bad")]
    [InlineData("Y3VzdG9tZXItMQ.AAAA")]
    [InlineData("Y3VzdG9tZXItMQ.!")]
    public async Task A_link_that_is_not_ours_is_404(string token)
    {
        await (await _server.Nobody.SendAsync($"POST /unsubscribe/{token}", "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")).ShouldBeProblemAsync(404, "unsubscribe_link_invalid");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData(typeof(AmazonServiceException))]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task Keys_that_cannot_be_had_are_503(Type reason)
    {
        var id = await _server.CreateProductAsync();
        _server.Personal.Fails = (Exception)Activator.CreateInstance(reason)!;
        var answer = await _server.Customer.SendAsync($"PUT /products/{id}/watch");
        await answer.ShouldBeProblemAsync(503, "unavailable");
        Assert.Equal("1", answer.Header("Retry-After"));
    }

    [Fact]
    public async Task An_unsubscribe_that_Kinesis_did_not_take_is_503()
    {
        _server.Shop.PutFails = new TimeoutException();
        var token = await PersonalToken.CreateAsync(_server.Personal, WatchTokens.Unsubscribe, "customer-1", Guid.NewGuid(), TestContext.Current.CancellationToken);
        var answer = await _server.Nobody.SendAsync($"POST /unsubscribe/{token}");
        await answer.ShouldBeProblemAsync(503, "command_in_doubt");
        Assert.Equal("1", answer.Header("Retry-After"));
    }
}
