using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Customers;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>The answer to any input is never a 500.</summary>
public sealed class NastyInputSpecs : IDisposable
{
    private const string Id = "6579c22f-be2b-444c-a52b-0116dd82df6c";

    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    /// <summary>Path segments and parameter values that clients and scanners send.</summary>
    private static readonly string[] Values =
    [
        "", "%00", "%0A", "%ff", "%FF%FE", "%C0%AF", "%ED%A0%80", "%ud800", "%u0000", "%", "%2", "%25", "%2F", "..%2F..%2Fetc", "%E2%80%AE", "%F0%9F%8D%AE", "%EF%BF%BF", "%20", "+", "a%20b", "'%20OR%201=1--", "%3Cscript%3E",
        "6579C22F-BE2B-444C-A52B-0116DD82DF6C", "%7B6579c22f-be2b-444c-a52b-0116dd82df6c%7D", "6579c22fbe2b444ca52b0116dd82df6c", "urn:uuid:6579c22f-be2b-444c-a52b-0116dd82df6c", "00000000-0000-0000-0000-000000000000",
        "-1", "0", "1", "1.0", "1e2", "1e400", "-0", "99999999999999999999", "9223372036854775807", "NaN", "0x10", "%D9%A1", "null", "undefined", "[]", "{}", "true",
        "0001-01-01", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-30", "2026-11-01T12:00:00+99:99", "AAAA", "____", "eyJhIjoxfQ", "Lg.Lg.Lg", "1.1.1.1", "....", "product-1", "customer-a~", "product-%ud800",
    ];

    [Fact]
    public async Task Segment_of_a_path_never_fails_a_route()
    {
        foreach (var route in Routes().Where(route => route.Contains('{', StringComparison.Ordinal)))
            // The tests' client refuses to send %00 in a path. The Lambda host's specs send it.
            foreach (var value in Values.Where(value => value is not "%00"))
                await ShouldNotFailAsync(string.Join('/', route.Split('/').Select(segment => segment.StartsWith('{') ? value : segment)));
    }

    [Fact]
    public async Task Value_of_a_parameter_never_fails_a_route()
    {
        string[] parameters = ["q", "category", "minPrice", "maxPrice", "sort", "limit", "cursor", "asOf", "atLeastVersion", "version", "issued", "from", "to", "days"];
        foreach (var route in Routes().Select(route => string.Join('/', route.Split('/').Select(segment => segment.StartsWith('{') ? segment == "{stream}" ? $"product-{Id}" : Id : segment))))
            // The API page and its script ignore parameters. Sending three megabytes a thousand times would prove
            // nothing.
            foreach (var parameter in route.StartsWith("/docs", StringComparison.Ordinal) ? parameters[..1] : parameters)
                foreach (var value in Values)
                {
                    if (!await ShouldNotFailAsync($"{route}?{parameter}={value}")) break;
                }

        foreach (var value in Values) await ShouldNotFailAsync($"/products/search?q={value}&minPrice={value}&cursor={value}");
    }

    [Theory]
    [InlineData("If-None-Match", "\ud800")]
    [InlineData("If-None-Match", "\"")]
    [InlineData("If-None-Match", "W/,,\"\"")]
    [InlineData("Shop-Segment", "\ud800")]
    [InlineData("Shop-Segment", "\u0001")]
    [InlineData("Authorization", "Bearer \u00e4.\ud800.x")]
    [InlineData("Authorization", "Bearer e30.eyJcdWQ4MDAiOjF9.AAAA")]
    [InlineData("Accept", "\u0001;q=x")]
    [InlineData("Accept-Encoding", "\u0001;q=x")]
    [InlineData("Origin", "\ud800")]
    [InlineData("Prefer", "\u0001")]
    public async Task Header_never_fails_a_route(string name, string value)
    {
        foreach (var path in (string[])["/products", $"/products/{Id}", "/users/me", "/health"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            using var answer = await _server.Anyone.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{path}: {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("minPrice", "10000.000000000000000000000000001")]
    [InlineData("maxPrice", "0.00000000000000000000000000001")]
    [InlineData("maxPrice", "1e-29")]
    [InlineData("maxPrice", "1e400")]
    [InlineData("maxPrice", "-1")]
    [InlineData("maxPrice", ".5")]
    [InlineData("maxPrice", "5.")]
    [InlineData("maxPrice", "1,000")]
    [InlineData("maxPrice", "007")]
    [InlineData("maxPrice", "19.999")]
    public async Task Bound_that_would_be_rounded_or_is_no_number_is_400(string name, string value) =>
        await (await _server.Anyone.SendAsync($"GET /products/search?q=lamp&{name}={value}")).ShouldBeProblemAsync(400, "price_invalid");

    [Theory]
    [InlineData("100")]
    [InlineData("100.00")]
    [InlineData("1e2")]
    [InlineData("100.000000000000000000000000000000000")]
    public async Task Bound_is_the_same_in_every_spelling_of_JSON(string value) =>
        await (await _server.Anyone.SendAsync($"GET /products/search?q=lamp&minPrice={value}&maxPrice=100")).ShouldBeOkAsync();

    [Theory]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82")]
    [InlineData("samlp|acme|Änn Smith/+%")]
    public async Task Status_URL_of_any_subject_leads_to_the_command(string subject)
    {
        var stream = CustomerStreams.IdOf(subject);
        var (command, issued) = (Guid.NewGuid(), QueryServer.Start);
        var url = Web.Commands.AnswerBody.UrlOf(stream, command, issued);
        Assert.True(Uri.IsWellFormedUriString(url, UriKind.Relative), url);

        var body = await (await _server.ClientOf(subject, "customer").SendAsync($"GET {url}")).ShouldBeOkAsync();

        Assert.Equal((stream.ToString(), "pending"), ((string?)body["stream"], (string?)body["status"]));
    }

    [Theory]
    [InlineData("for another audience and our client", "aud", "other")]
    [InlineData("an ID token", "token_use", "id")]
    [InlineData("a refresh token", "token_use", "refresh")]
    public async Task Token_that_is_no_access_token_for_us_is_401(string what, string claim, string value)
    {
        Assert.NotEmpty(what);
        var token = Identity.Token("customer-1", "customer", more: [("client_id", Identity.Audience), (claim, value)]);
        await (await _server.WithToken(token).SendAsync("GET /users/me")).ShouldBeProblemAsync(401, "token_invalid");
    }

    /// <summary>Returns true if the route accepts the parameter.</summary>
    private async Task<bool> ShouldNotFailAsync(string pathAndQuery)
    {
        var asked = _server.ClientOf("operator-1", "operator").SendAsync($"GET {pathAndQuery}");
        using var answer = await _server.PassTimeUntilAsync(asked);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 500 || text.Contains("version_not_reached", StringComparison.Ordinal), $"{pathAndQuery}: {(int)answer.StatusCode} {text}");
        return !text.Contains("parameter_unknown", StringComparison.Ordinal);
    }

    private IEnumerable<string> Routes()
    {
        _server.CreateDefaultClient().Dispose();
        return _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => $"/{e.RoutePattern.RawText!.Trim('/')}").Distinct();
    }
}
