using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ServerlessCqrs.Journeys;

/// <summary>Client errors and their answers.</summary>
public abstract class ArticleCasesJourney
{
    protected abstract LocalStack Stack { get; }

    private readonly (string, string) _wait = ("Prefer", "wait=20");

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_price_out_of_bounds_is_a_bad_request(int price)
    {
        var seller = await Stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await seller.PostAsync($"products/{product}/price", Client.Price(price))).Status);
    }

    [Fact]
    public async Task A_customer_and_another_seller_are_forbidden_to_change_a_price()
    {
        var product = await (await Stack.UserAsync("seller")).CreateProductAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Stack.UserAsync("customer")).PostAsync($"products/{product}/price", Client.Price(90))).Status);
        var other = await (await Stack.UserAsync("seller")).PostAsync($"products/{product}/price", Client.Price(90));
        Assert.Equal((HttpStatusCode.Forbidden, "not_the_owner"), (other.Status, other.Code));
    }

    [Fact]
    public async Task A_cut_by_more_than_half_is_refused_and_stands_in_the_audit_trail()
    {
        var seller = await Stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var answer = await seller.PostAsync($"products/{product}/price", Client.Price(49), _wait);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "price_cut_too_deep"), (answer.Status, answer.Code));

        // The answer comes from the tip, and the log gets the outcome a moment later.
        var rows = "";
        await Eventually.TrueAsync(
            async () => (rows = (await ClickHouse.QueryAsync(Stack, "SELECT status, code, actor FROM commands FINAL WHERE stream_id = {stream:String} AND status = 'refused'", ("stream", $"product-{product}"))).Trim()).Length > 0,
            TimeSpan.FromSeconds(60),
            () => "the refusal stands in no audit trail");
        Assert.Equal($"refused\tprice_cut_too_deep\t{seller.Subject}", rows);
    }

    [Fact]
    public async Task The_price_it_has_already_is_unchanged_and_no_event()
    {
        var seller = await Stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var answer = await seller.PostAsync($"products/{product}/price", Client.Price(100), _wait);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("unchanged", answer.Json.GetProperty("status").GetString());
        Assert.Equal(1, answer.Json.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task An_idempotency_key_makes_one_event_of_two_requests()
    {
        var seller = await Stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var key = ("Idempotency-Key", $"\"{Guid.NewGuid()}\"");
        var first = await seller.PostAsync($"products/{product}/stock", new { delta = -3, reason = "damaged" }, _wait, key);
        var second = await seller.PostAsync($"products/{product}/stock", new { delta = -3, reason = "damaged" }, _wait, key);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(first.Json.GetProperty("commandId").GetGuid(), second.Json.GetProperty("commandId").GetGuid());
        Assert.Equal(2, second.Json.GetProperty("version").GetInt64());

        var other = await seller.PostAsync($"products/{product}/stock", new { delta = -4, reason = "damaged" }, _wait, key);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task A_stale_version_is_a_failed_precondition()
    {
        var seller = await Stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(90), _wait, ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await seller.PostAsync($"products/{product}/price", Client.Price(80), _wait, ("If-Match", "\"1\""))).Status);
    }

    [Fact]
    public async Task A_create_followed_at_once_by_a_price_change_applies_both()
    {
        var seller = await Stack.UserAsync("seller");
        var id = Guid.NewGuid();
        var create = await seller.PostAsync("products", Client.Product(id));
        Assert.True(create.Status is HttpStatusCode.Accepted or HttpStatusCode.Created, create.Text);
        var change = await seller.PostAsync($"products/{id}/price", Client.Price(90), _wait);
        Assert.Equal(HttpStatusCode.OK, change.Status);
        Assert.Equal(2, change.Json.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task An_unknown_product_is_not_found()
    {
        var seller = await Stack.UserAsync("seller");
        Assert.Equal(HttpStatusCode.NotFound, (await seller.PostAsync($"products/{Guid.NewGuid()}/price", Client.Price(90))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await seller.GetAsync($"products/{Guid.NewGuid()}")).Status);
    }

    [Theory]
    [InlineData("{\"amount\":", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"amount\":80,\"currency\":\"USD\",\"colour\":\"red\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"amount\":\"80\",\"currency\":\"USD\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"amount\":80,\"currency\":\"USD\"}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string type, HttpStatusCode expected)
    {
        var seller = await Stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        Assert.Equal(expected, (await seller.PostAsync($"products/{product}/price", content)).Status);
    }

    [Fact]
    public async Task A_body_over_32_KB_is_too_large()
    {
        var seller = await Stack.UserAsync("seller");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await seller.PostAsync("products", Client.Product(Guid.NewGuid(), name: new string('x', 40_000)))).Status);
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJzZWxsZXItMSIsImNvZ25pdG86Z3JvdXBzIjpbInNlbGxlciJdfQ.")]
    [InlineData("Basic c2VsbGVyOnNlbGxlcg==")]
    public async Task A_token_that_is_none_is_unauthorized(string authorization)
    {
        var answer = await Stack.Anonymous.PostAsync("products", Client.Product(Guid.NewGuid()), ("Authorization", authorization));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.NotNull(answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task No_token_is_unauthorized() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await Stack.Anonymous.PostAsync("products", Client.Product(Guid.NewGuid()))).Status);
}

[Collection(JourneysCollection.Name)]
public sealed class ArticleCasesJourneyOnEmulators(LocalStack stack) : ArticleCasesJourney
{
    protected override LocalStack Stack => stack;
}

[Collection(ContainerCollection.Name)]
public sealed class ArticleCasesJourneyOnLocalStack(ContainerStack container) : ArticleCasesJourney
{
    protected override LocalStack Stack => container.Stack;
}
