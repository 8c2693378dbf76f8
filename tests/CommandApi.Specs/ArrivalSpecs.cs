using ServerlessCqrs.CommandApi.Specs.Playground;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

/// <summary>The calls between the decision to send and the answer: reads, writes, waits, and their cost.</summary>
public sealed class ArrivalSpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_unknown_product_is_404_after_a_second_and_nothing_is_sent()
    {
        var before = _server.Time.GetUtcNow();
        await (await _server.Seller.SendAsync($"POST /products/{Guid.NewGuid()}/price", Price(80))).ShouldBeProblemAsync(404, "product_not_found");
        Assert.InRange(_server.Time.GetUtcNow() - before, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2));
        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public async Task A_create_followed_at_once_by_a_price_change_is_two_commands()
    {
        var created = await (await _server.Seller.SendAsync("POST /products", Headphones)).JsonAsync();
        var id = ((string)created["stream"]!)["product-".Length..];
        _server.Shop.Latency = TimeSpan.FromMilliseconds(700);
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Prefer", "wait=5"));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(2, (int)(await answer.JsonAsync())["version"]!);
    }

    [Fact]
    public async Task A_change_costs_one_read_and_one_put()
    {
        var id = await _server.CreateProductAsync();
        var (reads, puts) = (_server.Shop.TipReads, _server.Shop.Taken.Count);
        await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Idempotency-Key", "k"));
        Assert.Equal((reads + 1, puts + 1, 0), (_server.Shop.TipReads, _server.Shop.Taken.Count, _server.Shop.LogReads));
    }

    [Fact]
    public async Task A_create_whose_id_is_drawn_here_costs_one_put()
    {
        await _server.Seller.SendAsync("POST /products", Headphones);
        Assert.Equal((0, 1), (_server.Shop.TipReads, _server.Shop.Taken.Count));
    }

    [Trait("Guarantee", "client → CommandApi: 202 means that Kinesis has the command")]
    [Fact]
    public async Task Nothing_is_answered_before_Kinesis_acknowledges()
    {
        var acknowledged = new TaskCompletionSource();
        _server.Shop.Acknowledgement = acknowledged.Task;
        var answer = _server.Seller.SendAsync("POST /products", Headphones);
        _server.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(answer.IsCompleted);
        acknowledged.SetResult();
        Assert.Equal(202, (int)(await answer).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_put_without_acknowledgement_is_503_and_says_how_to_go_on(bool taken)
    {
        (_server.Shop.PutFails, _server.Shop.TakesWhatFails) = (new TimeoutException("Kinesis, port 4568"), taken);
        var answer = await _server.Seller.SendAsync("POST /products", Headphones, headers: ("Idempotency-Key", "k1"));
        var problem = await answer.ShouldBeProblemAsync(503, "command_in_doubt");
        Assert.Equal("1", answer.Header("Retry-After"));
        Assert.Contains("same Idempotency-Key", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.StartsWith("/commands/product-", (string?)problem["statusUrl"], StringComparison.Ordinal);
        Assert.DoesNotContain("4568", problem.ToJsonString(), StringComparison.Ordinal);

        _server.Shop.PutFails = null;
        _server.Shop.DecideAll();
        var again = await _server.Seller.SendAsync("POST /products", Headphones, headers: [("Idempotency-Key", "k1"), ("Prefer", "wait=5")]);
        Assert.Equal(201, (int)again.StatusCode);
        Assert.Equal((string?)problem["commandId"], (string?)(await again.JsonAsync())["commandId"]);
        Assert.Equal(taken ? "true" : null, again.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_command_is_taken_when_the_tips_cannot_be_read()
    {
        _server.Shop.TipsFail = new TimeoutException();
        var answer = await _server.Seller.SendAsync($"POST /products/{Guid.NewGuid()}/price", Price(80));
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Single(_server.Shop.Taken);
    }

    [Fact]
    public async Task A_tip_of_another_shape_is_not_guessed_at_but_waited_for()
    {
        var id = await _server.CreateProductAsync();
        var tip = _server.Shop.TipOf(ServerlessCqrs.Shop.Products.ProductStreams.IdOf(id))!;
        _server.Shop.Put(tip with { StateShape = 99 });
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("wait=5", "wait=5")]
    [InlineData("wait=600", "wait=20")]
    [InlineData("respond-async, wait=10", "wait=10")]
    [InlineData("WAIT = \"7\"; why=not", "wait=7")]
    [InlineData("wait=3, wait=9", "wait=3")]
    public async Task A_preferred_wait_answers_with_the_outcome(string prefer, string applied)
    {
        var id = await _server.CreateProductAsync();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Prefer", prefer));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(applied, answer.Header("Preference-Applied"));
        Assert.Equal("\"2\"", answer.Header("ETag"));
        var body = await answer.JsonAsync();
        Assert.Equal(("applied", 2, "ProductPriceUpdated"), ((string)body["status"]!, (int)body["version"]!, (string)body["events"]![0]!));
    }

    [Theory]
    [InlineData("wait=0", "wait=0")]
    [InlineData("wait=soon", null)]
    [InlineData("wait=-1", null)]
    [InlineData("respond-async", null)]
    [InlineData("awaits=5", null)]
    [InlineData("note=\"a, wait=5\"", null)]
    public async Task Without_a_wait_the_answer_is_202_at_once(string prefer, string? applied)
    {
        var id = await _server.CreateProductAsync();
        var reads = _server.Shop.TipReads;
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Prefer", prefer));
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal(applied, answer.Header("Preference-Applied"));
        Assert.Equal(reads + 1, _server.Shop.TipReads);
    }

    [Fact]
    public async Task A_wait_that_ends_without_an_outcome_is_202()
    {
        var id = await _server.CreateProductAsync();
        _server.Shop.Latency = TimeSpan.FromMinutes(1);
        var before = _server.Time.GetUtcNow();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Prefer", "wait=10"));
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal("wait=10", answer.Header("Preference-Applied"));
        Assert.InRange(_server.Time.GetUtcNow() - before, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.5));
    }

    [Fact]
    public async Task An_outcome_that_left_the_ring_is_found_in_the_log()
    {
        var id = await _server.CreateProductAsync();
        _server.Shop.Crowd = 20;
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Prefer", "wait=5"));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("ProductPriceUpdated", (string?)(await answer.JsonAsync())["events"]![0]);
        Assert.Equal(1, _server.Shop.LogReads);
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_leaves_the_answer_at_202()
    {
        var id = await _server.CreateProductAsync();
        (_server.Shop.Crowd, _server.Shop.LogFails) = (20, new TimeoutException());
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Prefer", "wait=5"));
        Assert.Equal(202, (int)answer.StatusCode);
    }
}
