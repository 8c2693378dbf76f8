using System.Net;
using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Operating.Mails;
using ServerlessCqrs.Operating.Smoke;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Operator.Smoke;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.Smoke;

public sealed class SmokeTestSpecs : IDisposable
{
    private static readonly Guid Change = Guid.Parse("0192f3c1-5d3e-7c3a-9c1f-0a4b5c6d7e8f");

    private readonly FakeShop _shop = new();
    private readonly FakeStores _stores = new();
    private readonly List<string> _lines = [];
    private readonly InstantTime _time = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Stack_that_works_passes_every_step_and_keeps_nothing()
    {
        Assert.True(await RunAsync());

        Assert.Equal(
            ["health", "product", "watch", "price", "read model", "mail", "lag", "verify", "clean up", "clean up"],
            _lines.Select(line => line[6..].Split("  ")[0].Trim()));
        Assert.All(_lines, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.Equal($"{CommandIds.OfEvent(Change, 0):D}/customer-1", _stores.Asked);
        Assert.Equal(["DELETE watch customer", "DELETE product seller"], _shop.Writes.TakeLast(2));
    }

    [Fact]
    public async Task Step_that_fails_says_why_and_what_was_made_is_removed()
    {
        _shop.Answers["POST price"] = (HttpStatusCode.UnprocessableEntity, """{"code":"price_too_low","detail":"One change may not cut it by more than half."}""");

        Assert.False(await RunAsync());

        Assert.Contains(_lines, line => line.StartsWith("FAIL  price", StringComparison.Ordinal) && line.EndsWith("422: One change may not cut it by more than half. (price_too_low)", StringComparison.Ordinal));
        Assert.Equal(["DELETE watch customer", "DELETE product seller"], _shop.Writes.TakeLast(2));
        Assert.DoesNotContain(_lines, line => line.Contains("verify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_that_ended_is_told()
    {
        _shop.Answers["POST products"] = (HttpStatusCode.Unauthorized, """{"message":"Unauthorized"}""");

        Assert.False(await RunAsync());

        Assert.Contains(_lines, line => line.Contains("401: the token does not count. A token lasts 15 minutes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shop_that_is_away_for_a_moment_is_asked_again_with_the_same_key()
    {
        _shop.AwayFor = 2;

        Assert.True(await RunAsync());

        Assert.Equal(3, _shop.Keys["POST products"].Count);
        Assert.Single(_shop.Keys["POST products"].Distinct());
    }

    [Fact]
    public async Task Command_that_is_pending_is_waited_for()
    {
        _shop.Answers["POST price"] = (HttpStatusCode.Accepted, $$"""{"commandId":"{{Change}}","status":"pending","statusUrl":"/commands/product-1/2"}""");
        _shop.Answers["GET commands"] = (HttpStatusCode.OK, $$"""{"commandId":"{{Change}}","status":"applied"}""");

        Assert.True(await RunAsync());
    }

    [Fact]
    public async Task Read_model_that_stays_behind_fails()
    {
        _shop.Answers["GET products"] = (HttpStatusCode.OK, """{"items":[{"id":"{id}","currentPrice":100}]}""");

        Assert.False(await RunAsync());

        Assert.Contains(_lines, line => line.StartsWith("FAIL  read model  After 60 s, the list of smoke-test does not show the new price", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("undeliverable", "SES refuses mail")]
    [InlineData("claimed", "is claimed. Look at the log of EventsToMail")]
    [InlineData(null, "is not written. Look at the log of EventsToMail")]
    public async Task Mail_that_was_not_sent_fails(string? state, string told)
    {
        _stores.Mail = state is null ? null : new MailClaim("id", state, default, "not verified");

        Assert.False(await RunAsync());

        Assert.Contains(_lines, line => line.StartsWith("FAIL  mail", StringComparison.Ordinal) && line.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stores_of_another_stack_fail()
    {
        _stores.Report = new VerifyReport();

        Assert.False(await RunAsync());

        Assert.Contains(_lines, line => line.Contains("is this stack the one that the edge belongs to?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_customer_no_mail_is_sent()
    {
        Assert.True(await RunAsync(hasCustomer: false));

        Assert.DoesNotContain(_shop.Writes, write => write.Contains("watch", StringComparison.Ordinal));
        Assert.Null(_stores.Asked);
    }

    [Fact]
    public async Task What_cannot_be_removed_fails()
    {
        _shop.Answers["DELETE product"] = (HttpStatusCode.Forbidden, """{"code":"not_your_product","detail":"It is another seller's."}""");

        Assert.False(await RunAsync());

        Assert.Contains(_lines, line => line.StartsWith("FAIL  clean up", StringComparison.Ordinal));
    }

    private async Task<bool> RunAsync(bool hasCustomer = true)
    {
        using var http = new HttpClient(_shop, disposeHandler: false);
        var patience = TimeSpan.FromSeconds(60);
        var customer = hasCustomer ? new SmokeUser("customer", "customer-1") : null;
        var test = new SmokeTest(new SmokeClient(http, new Uri("https://shop.example.com/"), patience, _time), _stores, new SmokeUser("seller", "seller-1"), customer, patience, _time, _lines.Add);
        return await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class FakeStores : ISmokeStores
    {
        public MailClaim? Mail { get; set; } = new("id", "sent", default);

        public string? Asked { get; private set; }

        public VerifyReport? Report { get; set; }

        public Task<MailClaim?> FindMailAsync(string mail, CancellationToken ct)
        {
            Asked = mail;
            return Task.FromResult(Mail);
        }

        public async Task<VerifyReport> VerifyAsync(StreamId stream, CancellationToken ct)
        {
            if (Report is { } told) return told;
            var shop = new InMemoryShop();
            await shop.ImportAsync([InMemoryShop.InCatalogue(1)]);
            return await shop.VerifyAsync();
        }
    }

    /// <summary>Responds like a healthy shop, by method and the last part of the path that is not an id.</summary>
    private sealed class FakeShop : HttpMessageHandler
    {
        public Dictionary<string, (HttpStatusCode Status, string Body)> Answers { get; } = new()
        {
            ["GET health"] = (HttpStatusCode.OK, """{"status":"ok"}"""),
            ["POST products"] = (HttpStatusCode.Created, """{"status":"applied"}"""),
            ["PUT watch"] = (HttpStatusCode.OK, """{"status":"applied"}"""),
            ["POST price"] = (HttpStatusCode.OK, $$"""{"commandId":"{{Change}}","status":"applied"}"""),
            ["GET products"] = (HttpStatusCode.OK, """{"items":[{"id":"{id}","currentPrice":80}]}"""),
            ["GET sync-lag"] = (HttpStatusCode.OK, """{"readModels":{"products-v1":{"lagMs":12},"orders-v1":{"lagMs":0}}}"""),
            ["DELETE watch"] = (HttpStatusCode.OK, """{"status":"applied"}"""),
            ["DELETE product"] = (HttpStatusCode.OK, """{"status":"applied"}"""),
        };

        public int AwayFor { get; set; }

        private string _product = "";

        public List<string> Writes { get; } = [];

        public Dictionary<string, List<string>> Keys { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var what = $"{request.Method} {NameOf(request.RequestUri!.AbsolutePath.Trim('/').Split('/'))}";
            if (request.Method != HttpMethod.Get)
            {
                Writes.Add($"{what} {request.Headers.Authorization!.Parameter}");
                if (!Keys.TryGetValue(what, out var keys)) Keys[what] = keys = [];
                keys.AddRange(request.Headers.GetValues("Idempotency-Key"));
            }

            var (status, body) = what == "POST products" && AwayFor-- > 0 ? (HttpStatusCode.ServiceUnavailable, "{}") : Answers[what];
            if (what == "POST price") _product = request.RequestUri.Segments[2].Trim('/');
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body.Replace("{id}", _product, StringComparison.Ordinal), Encoding.UTF8, "application/json") });
        }

        private static string NameOf(string[] path) => path switch
        {
            ["products", _] => "product",
            ["commands", ..] => "commands",
            _ => path[^1],
        };
    }
}
