using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.LocalRuntime.Edge;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.LocalRuntime.Specs.Identity;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Gateway;

public sealed class GatewaySpecs : IAsyncLifetime
{
    private const string Audience = "shop-local";
    private static readonly TokenRequest Ann = new("ann", "ann@example.com", "seller");
    private readonly TemporaryFolder _data = new();
    private readonly HttpClient _http = new();
    private IdentityProvider? _identity;
    private FakeService? _commands;
    private FakeService? _queries;
    private ApiGateway? _gateway;

    public async ValueTask InitializeAsync()
    {
        SharedKey.PutInto(_data.Path);
        _identity = await IdentityProvider.StartAsync(new IdentityOptions(0, _data.Path, Audience, ShopTopology.All.Groups), TimeProvider.System, NullLoggerFactory.Instance, default);
        _commands = await FakeService.StartAsync();
        _queries = await FakeService.StartAsync();
        await StartGatewayAsync(options => options);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _queries!.DisposeAsync();
        await _commands!.DisposeAsync();
        await _identity!.DisposeAsync();
        _http.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Writes_go_to_the_command_service(string method)
    {
        using var answer = await SendAsync(method, "/products/1?a=b", _identity!.Issue(Ann));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([$"{method} /products/1?a=b"], _commands!.Asked);
        Assert.Empty(_queries!.Asked);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Public_reads_go_to_the_query_service_without_a_token(string method)
    {
        using var answer = await SendAsync(method, "/products?category=audio");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([$"{method} /products?category=audio"], _queries!.Asked);
    }

    [Fact]
    public async Task Another_method_is_not_found()
    {
        using var answer = await SendAsync("PURGE", "/products/1", _identity!.Issue(Ann));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("""{"message":"Not Found"}""", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST", "/products")]
    [InlineData("DELETE", "/products/1")]
    [InlineData("POST", "/unsubscribe")]
    [InlineData("POST", "/unsubscribe/")]
    [InlineData("PUT", "/unsubscribe/token")]
    [InlineData("GET", "/users/me/orders")]
    [InlineData("GET", "/Users/me/orders")]
    [InlineData("GET", "/orders/1")]
    [InlineData("GET", "/commands/product-1/2")]
    [InlineData("GET", "/products/1/history")]
    [InlineData("GET", "/products/../users/me")]
    [InlineData("GET", "/%75sers/me")]
    public async Task Without_a_token_there_are_no_writes_and_no_private_reads(string method, string path)
    {
        using var answer = await SendAsync(method, path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("""{"message":"Unauthorized"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Empty(_commands!.Asked);
        Assert.Empty(_queries!.Asked);
    }

    [Theory]
    [InlineData("/users/me/orders")]
    [InlineData("/products/1/history")]
    public async Task With_a_token_private_reads_pass_with_it(string path)
    {
        var token = _identity!.Issue(Ann);

        using var answer = await SendAsync("GET", path, token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"Bearer {token}", Assert.Single(_queries!.AskedHeaders)["Authorization"]);
    }

    [Fact]
    public async Task An_unsubscription_carries_its_own_signature_and_needs_no_token()
    {
        using var answer = await SendAsync("POST", "/unsubscribe/token");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var (_, payload, _) = Parts(_identity!.Issue(Ann));
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        await AssertRefusedAsync($"{header}.{payload}.");
    }

    [Fact]
    public async Task A_token_whose_claims_were_changed_is_refused()
    {
        var (header, payload, signature) = Parts(_identity!.Issue(Ann));
        var changed = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(payload).Replace("seller", "operator", StringComparison.Ordinal));
        await AssertRefusedAsync($"{header}.{changed}.{signature}");
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_secret_is_refused()
    {
        var (_, payload, _) = Parts(_identity!.Issue(Ann));
        var signed = Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"JWT"}""") + "." + payload;
        using var rsa = RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(_data.Path, "identity-key.pem")));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), Encoding.UTF8.GetBytes(signed));
        await AssertRefusedAsync($"{signed}.{Base64UrlEncoder.Encode(signature)}");
    }

    [Theory]
    [InlineData("""{"aud": "another-shop", "client_id": "shop-local"}""", false)]
    [InlineData("""{"client_id": "another-shop"}""", false)]
    [InlineData("""{"aud": [], "client_id": "shop-local"}""", false)]
    [InlineData("""{"client_id": "shop-local", "token_use": "access"}""", true)]
    [InlineData("""{"aud": "shop-local", "client_id": "another-shop"}""", true)]
    [InlineData("""{"aud": ["another-shop", "shop-local"]}""", true)]
    [InlineData("""{"aud": "shop-local", "token_use": "id"}""", true)]
    public async Task Audience_decides_and_the_client_only_where_there_is_none(string claims, bool isTaken)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(_data.Path, "identity-key.pem")));
        var payload = JsonNode.Parse(claims)!.AsObject();
        (payload["iss"], payload["sub"]) = (_identity!.Issuer, "ann");
        payload["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var (header, _, _) = Parts(_identity.Issue(Ann));
        var signed = $"{header}.{Base64UrlEncoder.Encode(payload.ToJsonString())}";
        var token = $"{signed}.{Base64UrlEncoder.Encode(rsa.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        using var answer = await SendAsync("POST", "/products", token);

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("customer-auth0%7C5f7c8ec7", "customer-auth0%7C5f7c8ec7")]
    [InlineData("customer-ann%40example.org", "customer-ann@example.org")]
    [InlineData("customer-samlp%7Cacme%7C~C3~84nn~20Smith~2F~25", "customer-samlp%7Cacme%7C~C3~84nn~20Smith~2F~25")]
    public async Task Status_URL_of_any_subject_arrives_as_it_was_sent(string sent, string arrives)
    {
        using var answer = await SendAsync("GET", $"/commands/{sent}/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10?issued=2026-11-02T09:30:00.000Z", _identity!.Issue(Ann));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([$"GET /commands/{arrives}/018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10?issued=2026-11-02T09:30:00.000Z"], _queries!.Asked);
    }

    [Fact]
    public async Task A_token_of_another_key_is_refused()
    {
        using var other = new TemporaryFolder();
        var key = IdentityKey.LoadOrCreate(Path.Combine(other.Path, "key.pem"));
        await AssertRefusedAsync(new TokenIssuer(key, _identity!.Issuer, Audience, ShopTopology.All.Groups, TimeProvider.System).Issue(Ann));
    }

    [Fact]
    public async Task A_token_of_another_issuer_is_refused() =>
        await AssertRefusedAsync(OwnIssuer("https://elsewhere.example", TimeProvider.System).Issue(Ann));

    [Fact]
    public async Task An_expired_token_is_refused() =>
        await AssertRefusedAsync(OwnIssuer(_identity!.Issuer, new ShiftedClock(-TokenIssuer.Lifetime - TimeSpan.FromSeconds(2))).Issue(Ann));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("")]
    public async Task What_is_no_token_is_refused(string token) => await AssertRefusedAsync(token);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_body_over_10_MB_is_413_at_the_gateway_and_at_the_edge(bool atEdge, bool isChunked)
    {
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions(0, 0, _base!, "E1", ShopTopology.Edge), NullLoggerFactory.Instance, default);
        _commands!.Answer = http => http.Request.Body.CopyToAsync(Stream.Null);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(atEdge ? edge.Url : _base!, "/products")) { Content = new ByteArrayContent(new byte[10 * 1024 * 1024 + 1]) };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _identity!.Issue(Ann));

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("""{"message":"Request Entity Too Large"}""", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json", 'a', 6_200_000, 200)]
    [InlineData("application/json", 'a', 6_300_000, 413)]
    [InlineData("text/plain", '"', 3_000_000, 200)]
    [InlineData("text/plain", '"', 3_200_000, 413)]
    [InlineData("application/json", '\u0001', 1_100_000, 413)]
    [InlineData("application/octet-stream", 'a', 4_600_000, 200)]
    [InlineData("application/octet-stream", 'a', 4_800_000, 413)]
    public async Task Body_that_Lambda_refuses_is_413(string type, char character, int length, int status)
    {
        var taken = 0L;
        _commands!.Answer = async http =>
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            taken = body.Length;
        };
        foreach (var isChunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base!, "/products")) { Content = new StringContent(new string(character, length)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            request.Headers.TransferEncodingChunked = isChunked;
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _identity!.Issue(Ann));

            using var answer = await _http.SendAsync(request);

            Assert.Equal((status, status == 200 ? length : 0), ((int)answer.StatusCode, taken));
            if (status != 200)
                Assert.Equal("""{"message":"Request Entity Too Large"}""", await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData(9_900, 200)]
    [InlineData(10_240, 431)]
    [InlineData(60_000, 431)]
    public async Task A_request_line_and_header_values_over_10240_bytes_are_431(int length, int status)
    {
        var answer = await RawHttp.SendAsync(_base!, "GET /products HTTP/1.1", $"Host: {_base!.Authority}", $"X-Long: {new string('a', length)}");

        Assert.Equal(status, RawHttp.StatusOf(answer));
        if (status == 431)
            Assert.Contains("""{"message":"Request Header Fields Too Large"}""", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", 'a', 6_200_000, 200)]
    [InlineData("application/json", 'a', 6_300_000, 500)]
    [InlineData("application/json", '"', 3_200_000, 500)]
    [InlineData("application/json", '\u0001', 1_100_000, 500)]
    [InlineData("application/octet-stream", 'a', 4_600_000, 200)]
    [InlineData("application/octet-stream", 'a', 4_800_000, 500)]
    public async Task An_answer_that_Lambda_refuses_is_the_problem_document_that_AWS_gives(string type, char character, int length, int status)
    {
        _queries!.Answer = http =>
        {
            http.Response.ContentType = type;
            http.Response.Headers["X-Lost"] = "1";
            return http.Response.WriteAsync(new string(character, length));
        };

        using var answer = await SendAsync("GET", "/products/1/history", _identity!.Issue(Ann));

        Assert.Equal(status, (int)answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        if (status == 200)
            Assert.Equal(length, body.Length);
        else
            Assert.Equal(("answer_too_large", false), (JsonNode.Parse(body)!["code"]!.GetValue<string>(), answer.Headers.Contains("X-Lost")));
    }

    [Theory]
    [InlineData("GET //{other}/ HTTP/1.1")]
    [InlineData("GET http://{other}/ HTTP/1.1")]
    [InlineData(@"GET /\{other}/ HTTP/1.1")]
    [InlineData("GET @{other}/ HTTP/1.1")]
    [InlineData("GET /..//{other}/ HTTP/1.1")]
    [InlineData("CONNECT {other} HTTP/1.1")]
    [InlineData("OPTIONS * HTTP/1.1")]
    public async Task A_request_reaches_no_other_server_than_the_services(string line)
    {
        await using var other = await FakeService.StartAsync();

        await RawHttp.SendAsync(_base!, line.Replace("{other}", other.Url.Authority, StringComparison.Ordinal), $"Host: {_base!.Authority}");
        await RawHttp.SendAsync(_base!, line.Replace("{other}", other.Url.Authority, StringComparison.Ordinal), $"Host: {other.Url.Authority}");

        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task Another_name_for_this_machine_is_refused()
    {
        var answer = await RawHttp.SendAsync(_base!, "GET /products HTTP/1.1", "Host: evil.example");

        Assert.Equal(403, RawHttp.StatusOf(answer));
        Assert.Empty(_queries!.Asked);
    }

    [Fact]
    public async Task The_services_see_the_gateways_secret_and_never_a_clients()
    {
        await StartGatewayAsync(options => options with { EdgeSecret = "open sesame" });

        await RawHttp.SendAsync(_base!, "GET /products HTTP/1.1", $"Host: {_base!.Authority}", $"{ShopTopology.Edge.SecretHeader}: mine");

        Assert.Equal("open sesame", _queries!.AskedHeaders.Single()[ShopTopology.Edge.SecretHeader]);
    }

    [Fact]
    public async Task A_service_that_passes_its_own_timeout_is_an_internal_error()
    {
        await StartGatewayAsync(options => options with
        {
            Routes = new Dictionary<HttpService, Uri> { [ShopTopology.QueryApi with { Timeout = TimeSpan.FromMilliseconds(200) }] = _queries!.Url },
        });
        _queries!.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);

        using var answer = await SendAsync("GET", "/products/1");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("""{"message":"Internal Server Error"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_service_that_takes_too_long_is_unavailable()
    {
        await StartGatewayAsync(options => options with { Timeout = TimeSpan.FromMilliseconds(200) });
        _queries!.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);

        using var answer = await SendAsync("GET", "/products/1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"message":"Service Unavailable"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_service_that_dies_over_a_request_is_an_internal_error()
    {
        _queries!.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        using var answer = await SendAsync("GET", "/products/1");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("""{"message":"Internal Server Error"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_request_waits_for_a_service_that_is_just_starting()
    {
        var port = new Ports(0).Take("later");
        await StartGatewayAsync(options => options with
        {
            Routes = new Dictionary<HttpService, Uri> { [ShopTopology.QueryApi] = new($"http://127.0.0.1:{port}") },
        });
        var asked = SendAsync("GET", "/products/1");

        await using var late = await FakeService.StartAsync(port);

        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/graphql/query", HttpStatusCode.OK, true)]
    [InlineData("/GraphQL/Query", HttpStatusCode.OK, true)]
    [InlineData("/graphql", HttpStatusCode.Unauthorized, false)]
    [InlineData("/graphql/query/more", HttpStatusCode.Unauthorized, false)]
    public async Task Read_by_post_goes_to_the_query_service_without_a_token(string path, HttpStatusCode status, bool asksQueries)
    {
        using var answer = await SendAsync("POST", path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(asksQueries ? 1 : 0, _queries!.Asked.Count);
        Assert.Empty(_commands!.Asked);
    }

    [Fact]
    public async Task Beyond_the_burst_requests_are_told_to_come_later()
    {
        await StartGatewayAsync(options => options with
        {
            Routes = new Dictionary<HttpService, Uri>
            {
                [ShopTopology.CommandApi] = _commands!.Url,
                [ShopTopology.QueryApi with { Throttle = new RateLimit(RequestsPerSecond: 1, Burst: 2) }] = _queries!.Url,
            },
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync("GET", "/products/1")));

        var late = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(late);
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 2, 20 - late.Count);
        Assert.Equal("""{"message":"Too Many Requests"}""", await late[0].Content.ReadAsStringAsync());
        Assert.NotNull(late[0].Headers.RetryAfter);
        using var other = await SendAsync("HEAD", "/products/1");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_preflight_is_answered_without_the_services()
    {
        using var answer = await PreflightAsync("https://shop.example");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://shop.example", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("PATCH", answer.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Contains("idempotency-key", answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        Assert.Empty(_commands!.Asked);
    }

    [Fact]
    public async Task A_preflight_of_a_foreign_origin_allows_nothing()
    {
        using var answer = await PreflightAsync("https://evil.example");

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_a_service_says_about_CORS_is_replaced()
    {
        _queries!.Answer = http =>
        {
            http.Response.Headers.AccessControlAllowOrigin = "https://evil.example";
            return Task.CompletedTask;
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_base!, "/products/1"));
        request.Headers.Add("Origin", "https://shop.example");

        using var answer = await _http.SendAsync(request);

        Assert.Equal("https://shop.example", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    private static (string Header, string Payload, string Signature) Parts(string token) => token.Split('.') is [var a, var b, var c] ? (a, b, c) : throw new FormatException();

    private TokenIssuer OwnIssuer(string issuer, TimeProvider clock) => new(IdentityKey.LoadOrCreate(Path.Combine(_data.Path, "identity-key.pem")), issuer, Audience, ShopTopology.All.Groups, clock);

    private async Task StartGatewayAsync(Func<GatewayOptions, GatewayOptions> change)
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        var options = new GatewayOptions(
            Port: 0,
            new Dictionary<HttpService, Uri> { [ShopTopology.CommandApi] = _commands!.Url, [ShopTopology.QueryApi] = _queries!.Url },
            ShopTopology.Edge,
            _identity!.Issuer,
            Audience,
            ["https://shop.example"]);
        _gateway = await ApiGateway.StartAsync(change(options), NullLoggerFactory.Instance, default);
        _base = _gateway.Url;
    }

    private Uri? _base;

    private async Task AssertRefusedAsync(string token)
    {
        using var answer = await SendAsync("POST", "/products", token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(_commands!.Asked);
    }

    private Task<HttpResponseMessage> PreflightAsync(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, new Uri(_base!, "/products"));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        return _http.SendAsync(request);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? token = null)
    {
        // The original URL, without the client's normalization.
        var uri = new Uri(_base!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(method), uri);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return _http.SendAsync(request);
    }

    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
