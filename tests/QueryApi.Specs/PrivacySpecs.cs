using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>
/// Checks every route of both services. A new route must either be listed here as public, or require a token.
/// </summary>
public sealed class PrivacySpecs : IDisposable
{
    private static readonly string[] PublicReads =
    [
        "/products", "/products/search", "/products/best-sellers", "/products/{id}", "/products/{id}/prices", "/products/{id}/reviews", "/products/{id}/recommendations",
        "/unsubscribe/{token}", "/graphql", "/health", "/health/sync-lag", "/openapi/v1.json",
    ];

    private static readonly string[] PublicWrites = ["/unsubscribe/{token}"];

    private const string Name = "Ann Secretly";
    private const string Address = "ann.secretly@example.net";
    private const string Words = "I wear them all day";

    private readonly QueryServer _server = new();
    private Guid _product, _order, _review, _command;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Every_read_is_public_on_purpose_or_needs_a_token_and_is_kept_by_nobody()
    {
        await FillAsync();
        foreach (var (template, path) in Reads())
        {
            var answer = await _server.Anyone.SendAsync($"GET {path}");
            var isPublic = PublicReads.Contains(template);
            Assert.True(isPublic != (401 == (int)answer.StatusCode), $"{template} answers {(int)answer.StatusCode} without a token: is it public?");

            // Edge and services agree on which paths are private.
            Assert.True(isPublic != ShopTopology.Edge.PrivateReads.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, path)), $"the edge does not agree about {template}");
            if (isPublic) continue;
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            foreach (var client in new[] { Ann, Bob, _server.ClientOf("boss", Actor.Operator) }) Assert.Equal("no-store", (await client.SendAsync($"GET {path}")).Header("Cache-Control"));
        }
    }

    [Fact]
    public async Task No_read_tells_one_customer_anything_of_another()
    {
        await FillAsync();
        List<string> told = [];
        foreach (var (template, path) in Reads())
        {
            var (annsAnswer, bobsAnswer) = (await (await Ann.SendAsync($"GET {path}")).TextAsync(), await (await Bob.SendAsync($"GET {path}")).TextAsync());
            if (Mentions(annsAnswer)) told.Add(template);
            Assert.False(Mentions(bobsAnswer), $"{template} tells Bob: {bobsAnswer}");
        }

        // A route that would not show Ann her own data proves nothing.
        Assert.Superset(new HashSet<string> { "/users/me", "/users/me/orders", "/users/me/orders/summary", "/orders/{id}", "/commands/{stream}/{id}" }, told.ToHashSet());

        bool Mentions(string text) => new[] { "\"ann\"", Name, Address, _order.ToString(), _command.ToString() }.Any(what => text.Contains(what, StringComparison.Ordinal));
    }

    /// <summary>
    /// At every log level, and with failures. The fakes log nothing personal, and the service adds nothing.
    /// </summary>
    [Theory]
    [InlineData(Fault.None)]
    [InlineData(Fault.Fails)]
    public async Task Neither_names_nor_addresses_nor_words_are_logged(Fault fault)
    {
        await FillAsync();
        foreach (var faults in new[] { _server.Others.Faults, _server.Tips.Faults, _server.ReadModel.Items, _server.ReadModel.Lists }) faults.Now = fault;
        foreach (var (_, path) in Reads())
            foreach (var client in new[] { Ann, _server.ClientOf("seller-1") }) await client.SendAsync($"GET {path}");

        Assert.NotEmpty(_server.Logs.Lines);
        Assert.All(_server.Logs.Lines, line => Assert.All(new[] { Name, Address, Words }, personal => Assert.DoesNotContain(personal, line, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Every_read_by_another_method_than_GET_needs_a_token()
    {
        var others = EndpointsOf(_server).Where(route => !route.Methods.Contains("GET")).ToList();
        Assert.Equal(ShopTopology.Edge.ReadsByPost, others.Select(route => route.Template));
        foreach (var route in others)
            await (await _server.Anyone.SendAsync($"{route.Methods.Single()} {route.Template}")).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task Every_write_but_the_unsubscription_needs_a_token()
    {
        using var commands = new ApiDocumentSpecs.CommandServer();
        var client = commands.CreateDefaultClient();
        var routes = EndpointsOf(commands).Where(route => route.Template.Split('/')[1] is not "openapi").ToList();
        Assert.True(routes.Count > 10, "These are not all writes.");
        foreach (var route in routes)
        {
            if (PublicWrites.Contains(route.Template)) continue;
            Assert.NotNull(route.Endpoint.Metadata.GetMetadata<IAuthorizeData>());
            foreach (var method in route.Methods)
            {
                var answer = await client.SendAsync($"{method} {PathOf(route.Template)}");
                Assert.True(401 == (int)answer.StatusCode, $"{method} {route.Template} answers {(int)answer.StatusCode} without a token.");
                Assert.Equal("no-store", answer.Header("Cache-Control"));
            }
        }
    }

    private HttpClient Ann => _server.ClientOf("ann", ShopRoles.Customer);

    private HttpClient Bob => _server.ClientOf("bob", ShopRoles.Customer);

    /// <summary>Fills the shop with everything that customer Ann can have.</summary>
    private async Task FillAsync()
    {
        _product = await _server.Shop.CreateAsync();
        _order = await _server.Shop.OrderAsync("ann", _product);
        _review = await _server.Shop.ReviewAsync(_product, "ann", "Loud", Words, approved: false);
        await _server.Shop.RegisterAsync("ann", Address, Name);
        _command = (await _server.Shop.DecideAsync(_product, CommandStatus.Applied, actor: new Actor("ann", ShopRoles.Customer))).CommandId;
    }

    /// <summary>Returns every read except the API page and its scripts, with Ann's ids in the paths.</summary>
    private IReadOnlyList<(string Template, string Path)> Reads()
    {
        (string, string)[] reads = [.. EndpointsOf(_server).Where(route => route.Methods.Contains("GET")).Select(route => route.Template).Where(template => template.Split('/')[1] is not "docs").Distinct().Select(template => (template, PathOf(template)))];
        Assert.True(reads.Length > 15, "These are not all reads.");
        return reads;
    }

    private string PathOf(string template) => template
        .Replace("{stream}", ProductStreams.IdOf(_product).ToString(), StringComparison.Ordinal)
        .Replace("{token}", "some.token", StringComparison.Ordinal)
        .Replace("{imageId:uuid}", Guid.Empty.ToString(), StringComparison.Ordinal)
        .Replace(
            "{id}",
            (template.Split('/')[1] switch { "orders" => _order, "reviews" => _review, "commands" => _command, _ => _product }).ToString(),
            StringComparison.Ordinal)
        .Replace("{id:uuid}", _product.ToString(), StringComparison.Ordinal);

    private static IEnumerable<(RouteEndpoint Endpoint, string Template, IReadOnlyList<string> Methods)> EndpointsOf<T>(WebApplicationFactory<T> server)
        where T : class => server.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Select(route => (route, $"/{route.RoutePattern.RawText!.Trim('/')}", route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []));
}
