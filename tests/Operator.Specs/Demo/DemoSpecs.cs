using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ServerlessCqrs.Operator.Demo;

namespace ServerlessCqrs.Operator.Specs.Demo;

public sealed class DemoSpecs : IDisposable
{
    private readonly AgreeingShop _shop = new();
    private readonly HttpClient _http;
    private readonly DemoCounts _counts = new();
    private readonly List<string> _lines = [];
    private readonly InstantTime _time = new();

    public DemoSpecs() => _http = new HttpClient(_shop);

    public void Dispose()
    {
        _http.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task Second_demo_uses_the_products_of_the_first()
    {
        await Play("customer").OpenAsync(default);
        var first = _shop.Bodies.ToList();
        _shop.Bodies.Clear();

        await Play("customer").OpenAsync(default);

        Assert.Equal(first, _shop.Bodies);
        Assert.Equal(DemoCatalogue.Products.Count, DemoCatalogue.Products.Select(product => product.Id).Distinct().Count());
    }

    [Fact]
    public async Task Seller_and_customer_do_everything_that_the_help_promises()
    {
        await Run("customer").RunAsync(TimeSpan.FromMinutes(2), default);

        Assert.Superset(
            new HashSet<string> { "GET products", "POST products", "POST price", "POST stock", "PUT watch", "POST orders", "DELETE orders" },
            _shop.Requests.Keys.ToHashSet());
    }

    [Fact]
    public async Task Nobody_orders_without_a_customer()
    {
        await Run(customer: null).RunAsync(TimeSpan.FromMinutes(1), default);

        Assert.DoesNotContain("POST orders", _shop.Requests.Keys);
        Assert.DoesNotContain("PUT watch", _shop.Requests.Keys);
    }

    [Fact]
    public async Task Popular_products_change_more_often()
    {
        await Run("customer").RunAsync(TimeSpan.FromMinutes(5), default);

        var first = _shop.Products[DemoCatalogue.Products[0].Id];
        Assert.All(DemoCatalogue.Products.Skip(5), product => Assert.True(_shop.Products.GetValueOrDefault(product.Id) < first));
    }

    [Fact]
    public async Task Refusals_are_counted_by_their_code()
    {
        _shop.Answer = (HttpStatusCode.UnprocessableEntity, """{"code":"price_too_low"}""");

        await Run("customer").RunAsync(TimeSpan.FromSeconds(10), default);

        Assert.Contains(" 0 accepted", _lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("Refusals: price_too_low ", _lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shop_that_is_unavailable_does_not_end_the_demo()
    {
        _shop.Answer = (HttpStatusCode.ServiceUnavailable, "");

        await Run("customer").RunAsync(TimeSpan.FromSeconds(10), default);

        Assert.Contains("0 accepted, 0 refused", _lines[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("0 failed", _lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_that_is_stopped_says_what_it_did()
    {
        using var stop = new CancellationTokenSource();
        _time.Meanwhile = () => _time.Waits > 20 ? stop.CancelAsync() : Task.CompletedTask;

        await Run("customer").RunAsync(length: null, stop.Token);

        Assert.Contains("accepted", _lines[^2], StringComparison.Ordinal);
        Assert.Equal("Refusals: none", _lines[^1]);
    }

    private DemoRun Run(string? customer) => new(Play(customer), _counts, 10, _time, _lines.Add);

    private DemoPlay Play(string? customer) => new(new DemoShop(_http, new Uri("http://shop.test/"), _counts), "seller", customer, new Random(1));

    private sealed class AgreeingShop : HttpMessageHandler
    {
        public (HttpStatusCode Status, string Body) Answer { get; set; } = (HttpStatusCode.Accepted, """{"status":"pending"}""");

        public ConcurrentDictionary<string, int> Requests { get; } = new();

        public ConcurrentDictionary<Guid, int> Products { get; } = new();

        public ConcurrentQueue<string> Bodies { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
            Requests.AddOrUpdate($"{request.Method} {(path is ["products", _, var change] ? change : path[0])}", 1, (_, count) => count + 1);
            if (path is ["products", var product, _]) Products.AddOrUpdate(Guid.Parse(product), 1, (_, count) => count + 1);
            if (request.Content is { } content) Bodies.Enqueue(await content.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(Answer.Status) { Content = new StringContent(Answer.Body, Encoding.UTF8, "application/json") };
        }
    }
}
