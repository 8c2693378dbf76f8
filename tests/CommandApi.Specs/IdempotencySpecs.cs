using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Web.Requests;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class IdempotencySpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Trait("Guarantee", "client → CommandApi: a retry with its key is the same command")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Same_request_under_the_same_key_replays_the_first_answer(bool crowded)
    {
        var id = await _server.CreateProductAsync();
        if (crowded) _server.Shop.Crowd = 20;
        (string, string)[] headers = [("Idempotency-Key", "\"k-1\""), ("Prefer", "wait=5")];
        var first = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: headers);
        _server.Time.Advance(TimeSpan.FromHours(1));
        var again = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: headers);
        Assert.Equal((200, 200), ((int)first.StatusCode, (int)again.StatusCode));
        Assert.Equal((await first.JsonAsync()).ToJsonString(), (await again.JsonAsync()).ToJsonString());
        Assert.Equal((null, "true"), (first.Header("Idempotent-Replayed"), again.Header("Idempotent-Replayed")));
        Assert.Equal(first.Header("ETag"), again.Header("ETag"));
        Assert.Equal(2, _server.Shop.Taken.Count);
    }

    [Fact]
    public async Task A_log_that_hangs_holds_a_request_up_for_two_seconds_at_most()
    {
        _server.Shop.Crowd = 20;
        var id = await _server.CreateProductAsync();
        _server.Shop.LogHangs = true;

        var sending = _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Idempotency-Key", "k"));
        await _server.Shop.LogAsked.Task;
        Assert.False(sending.IsCompleted);
        _server.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(202, (int)(await sending).StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_replayed_too()
    {
        var id = await _server.CreateProductAsync();
        var first = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(40), headers: ("Idempotency-Key", "k"));
        var again = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(40), headers: ("Idempotency-Key", "k"));
        var problem = await first.ShouldBeProblemAsync(422, "price_cut_too_deep");
        var replayed = await again.ShouldBeProblemAsync(422, "price_cut_too_deep");
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        foreach (var field in (string[])["detail", "commandId", "statusUrl", "version"]) Assert.Equal($"{problem[field]}", $"{replayed[field]}");
    }

    [Fact]
    public async Task A_create_that_comes_again_is_the_same_create()
    {
        (string, string)[] headers = [("Idempotency-Key", "k"), ("Prefer", "wait=5")];
        var first = await _server.Seller.SendAsync("POST /products", Headphones, headers: headers);
        var again = await _server.Seller.SendAsync("POST /products", Headphones, headers: headers);
        Assert.Equal((201, 201), ((int)first.StatusCode, (int)again.StatusCode));
        Assert.Equal(first.Header("Location"), again.Header("Location"));
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Single(_server.Shop.Taken);
    }

    [Fact]
    public async Task A_request_that_comes_again_before_it_is_decided_is_the_same_command()
    {
        var id = await _server.CreateProductAsync();
        for (var i = 0; i < 2; i++) await _server.Seller.SendAsync($"POST /products/{id}/images", """{"url": "https://a.example/b", "alt": "c"}""", headers: ("Idempotency-Key", "k"));
        Assert.Equal(3, _server.Shop.Taken.Count);
        Assert.Equal((_server.Shop.Taken[1].CommandId, _server.Shop.Taken[1].Command), (_server.Shop.Taken[2].CommandId, _server.Shop.Taken[2].Command));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Another_body_under_the_same_key_is_422_and_stands_in_the_audit_trail(int crowd)
    {
        var id = await _server.CreateProductAsync();
        _server.Shop.Crowd = crowd;
        await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Idempotency-Key", "k"));
        _server.Shop.DecideAll();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(81), headers: ("Idempotency-Key", "k"));
        await answer.ShouldBeProblemAsync(422, "idempotency_key_reused");
        Assert.Equal(3, _server.Shop.Taken.Count);
        Assert.Equal(2, _server.Shop.TipOf(ProductStreams.IdOf(id))!.Version);
    }

    [Fact]
    public async Task Another_If_Match_or_method_under_the_same_key_is_another_request()
    {
        var id = await _server.CreateProductAsync();
        await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: ("Idempotency-Key", "k"));
        await _server.Seller.SendAsync($"POST /products/{id}/price", Price(80), headers: [("Idempotency-Key", "k"), ("If-Match", "\"1\"")]);
        await _server.Seller.SendAsync($"PUT /products/{id}/price", Price(80), headers: ("Idempotency-Key", "k"));
        Assert.Equal(3, _server.Shop.Taken.Skip(1).Select(command => command.CommandId).Distinct().Count());
        Assert.Single(_server.Shop.Taken.Skip(1).Select(command => command.KeyId).Distinct());
    }

    [Fact]
    public async Task A_key_is_its_callers_own()
    {
        foreach (var seller in (HttpClient[])[_server.Seller, _server.OtherSeller]) await seller.SendAsync("POST /products", Headphones, headers: ("Idempotency-Key", "k"));
        Assert.Equal(2, _server.Shop.Taken.Select(command => command.Stream).Distinct().Count());
        Assert.Equal(2, _server.Shop.Taken.Select(command => command.KeyId).Distinct().Count());
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"open")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\b\"")]
    [InlineData("schlüssel")]
    public async Task A_key_that_is_none_is_400(string key) =>
        await (await _server.Seller.SendAsync("POST /products", Headphones, headers: ("Idempotency-Key", key))).ShouldBeProblemAsync(400, "idempotency_key_invalid");

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_key_has_at_most_200_characters(int length, bool fits) => Assert.Equal(fits, IdempotencyKey.TryParse(new string('k', length), out _));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_header_is_no_key(string header) => Assert.False(IdempotencyKey.TryParse(header, out _));

    [Theory]
    [InlineData("k", "k")]
    [InlineData("\"k\"", "k")]
    [InlineData("\"a \\\"b\\\" \\\\\"", "a \"b\" \\")]
    [InlineData("it's {1}", "it's {1}")]
    public void A_key_is_the_same_with_quotes_and_without(string header, string key)
    {
        Assert.True(IdempotencyKey.TryParse(header, out var parsed));
        Assert.Equal(key, parsed);
    }
}
