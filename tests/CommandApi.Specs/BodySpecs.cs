using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class BodySpecs : IDisposable
{
    private const string Some = "/products/00000000-0000-0000-0000-0000000000aa";

    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"amount": 80, "currency": "USD"} trailing""")]
    [InlineData("""{"amount": 80, "currency": "USD",}""")]
    [InlineData("""{"amount": 80, "amount": 90, "currency": "USD"}""")]
    [InlineData("""{"amount": 80, /* why not */ "currency": "USD"}""")]
    [InlineData("""{"amount": NaN, "currency": "USD"}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task A_body_that_is_no_strict_json_is_400(string body)
    {
        await (await _server.Seller.SendAsync($"POST {Some}/price", body)).ShouldBeProblemAsync(400, "json_invalid");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("""{"amount": 80, "currency": "USD", "vat": 1}""", "vat", "field_unknown")]
    [InlineData("""{"Amount": 80, "currency": "USD"}""", "Amount", "field_unknown")]
    [InlineData("""{"currency": "USD"}""", "amount", "field_missing")]
    [InlineData("""{"amount": "80", "currency": "USD"}""", "amount", "field_invalid")]
    [InlineData("""{"amount": 1e400, "currency": "USD"}""", "amount", "field_invalid")]
    [InlineData("""{"amount": 80, "currency": null}""", "currency", "field_invalid")]
    [InlineData("""{"amount": null, "currency": "USD"}""", "amount", "field_invalid")]
    [InlineData("""{"amount": 10000.000000000000000000000000001, "currency": "USD"}""", "amount", "field_invalid")]
    [InlineData("""{"amount": 0.00000000000000000000000000001, "currency": "USD"}""", "amount", "field_invalid")]
    [InlineData("""{"amount": 1e-400, "currency": "USD"}""", "amount", "field_invalid")]
    [InlineData("""{"amount": -0, "currency": "USD"}""", "amount", "price_not_positive")]
    [InlineData("""{"amount": 1e5, "currency": "USD"}""", "amount", "price_too_high")]
    [InlineData("""{"amount": {}, "currency": "USD"}""", "amount", "field_invalid")]
    [InlineData("""[]""", "", "field_invalid")]
    [InlineData("""null""", "", "field_invalid")]
    [InlineData("""80""", "", "field_invalid")]
    public async Task A_field_that_does_not_fit_is_400_and_named(string body, string field, string code)
    {
        var problem = await (await _server.Seller.SendAsync($"POST {Some}/price", body)).ShouldBeProblemAsync(400, code);
        Assert.Equal(field, (string?)problem["errors"]![0]!["field"]);
        Assert.DoesNotContain("ServerlessCqrs", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price", """{"amount": 1, "currency": "USD", "tax": 2}""", "price.tax", "field_unknown")]
    [InlineData("price", """{"amount": true, "currency": "USD"}""", "price.amount", "field_invalid")]
    [InlineData("price", "5", "price", "field_invalid")]
    [InlineData("images", """[{"url": "https://a.example/1", "alt": ""}, {"alt": "x"}]""", "images[1].url", "field_missing")]
    [InlineData("images", """[{"url": "https://a.example/1", "size": 1}]""", "images[0].size", "field_unknown")]
    [InlineData("images", "{}", "images", "field_invalid")]
    [InlineData("specifications", """{"battery": 30}""", "specifications.battery", "field_invalid")]
    [InlineData("id", "\"7\"", "id", "field_invalid")]
    [InlineData("id", "\"00000000-0000-0000-0000-000000000000\"", "id", "id_invalid")]
    [InlineData("quantity", "1.5", "quantity", "field_invalid")]
    [InlineData("name", "null", "name", "field_invalid")]
    public async Task A_field_deep_in_the_body_is_named_by_its_path(string field, string value, string path, string code)
    {
        var body = JsonNode.Parse(Headphones)!;
        body[field] = JsonNode.Parse(value);
        var problem = await (await _server.Seller.SendAsync("POST /products", body.ToJsonString())).ShouldBeProblemAsync(400, code);
        Assert.Equal(path, (string?)problem["errors"]![0]!["field"]);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("80.00")]
    [InlineData("8e1")]
    [InlineData("0.8E+2")]
    [InlineData("80.00000000000000000000000000000000000000")]
    public async Task Amount_is_the_same_in_every_spelling_of_JSON(string amount)
    {
        var id = await _server.CreateProductAsync();
        Assert.Equal(202, (int)(await _server.Seller.SendAsync($"POST /products/{id}/price", $$"""{"amount": {{amount}}, "currency": "USD"}""")).StatusCode);
        Assert.Equal("80", Assert.IsType<UpdateProductPrice>(_server.Shop.Taken[^1].Command).Price.Amount.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("0.1e1")]
    [InlineData("1e400")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("\"1\"")]
    public async Task Count_is_a_whole_number_of_digits_alone(string delta)
    {
        var problem = await (await _server.Seller.SendAsync($"POST {Some}/stock", $$"""{"delta": {{delta}}, "reason": "counted"}""")).ShouldBeProblemAsync(400, "field_invalid");
        Assert.Equal("delta", (string?)problem["errors"]![0]!["field"]);
    }

    [Theory]
    [InlineData("6579C22F-BE2B-444C-A52B-0116DD82DF6C")]
    [InlineData("{6579c22f-be2b-444c-a52b-0116dd82df6c}")]
    [InlineData("6579c22fbe2b444ca52b0116dd82df6c")]
    [InlineData("urn:uuid:6579c22f-be2b-444c-a52b-0116dd82df6c")]
    public async Task Id_has_one_spelling_in_bodies_too(string id)
    {
        var body = JsonNode.Parse(Headphones)!;
        body["id"] = id;
        await (await _server.Seller.SendAsync("POST /products", body.ToJsonString())).ShouldBeProblemAsync(400, "field_invalid");
        await (await _server.Customer.SendAsync("POST /orders", $$"""{"items": [{"productId": "{{id}}", "quantity": 1}]}""")).ShouldBeProblemAsync(400, "field_invalid");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"\udfff\ud800":1}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"name":"a\ud83cb"}""")]
    [InlineData("""{"nested":[{"deep":"\udc00"}]}""")]
    [InlineData("""{"specifications":{"\ud83c":"x"}}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("\"\\ud800\"")]
    public async Task Half_of_a_character_is_400_on_every_route_with_a_body(string body)
    {
        foreach (var (client, route) in RoutesWithBody())
            await (await client.SendAsync(route, body)).ShouldBeProblemAsync(400, "json_invalid");
        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public async Task Whole_character_in_escapes_is_read()
    {
        await _server.CreateProductAsync(Headphones.Replace("Wireless", "\\ud83c\\udf6e", StringComparison.Ordinal));
        Assert.StartsWith("\U0001F36E", Assert.IsType<CreateProduct>(_server.Shop.Taken[^1].Command).Name, StringComparison.Ordinal);
    }

    private IEnumerable<(HttpClient Client, string Route)> RoutesWithBody() =>
    [
        (_server.Seller, "POST /products"),
        (_server.Seller, $"POST {Some}/price"),
        (_server.Seller, $"PUT {Some}/price"),
        (_server.Seller, $"PATCH {Some}"),
        (_server.Seller, $"POST {Some}/stock"),
        (_server.Seller, $"POST {Some}/images"),
        (_server.Customer, "POST /orders"),
        (_server.Operator, "POST /orders/00000000-0000-0000-0000-0000000000aa/rejection"),
        (_server.Customer, $"POST {Some}/reviews"),
        (_server.Seller, "POST /reviews/00000000-0000-0000-0000-0000000000aa/rejection"),
        (_server.Customer, "PUT /users/me"),
    ];

    [Fact]
    public async Task Every_broken_field_is_told_at_once()
    {
        var problem = await (await _server.Seller.SendAsync("POST /products", """{"name": "x", "colour": "red", "price": {}}""")).ShouldBeProblemAsync(400, "field_unknown");
        Assert.Equal(
            ["colour", "price.amount", "price.currency", "category", "quantity", "warehouse"],
            problem["errors"]!.AsArray().Select(error => (string)error!["field"]!));
    }

    [Fact]
    public async Task Every_broken_limit_is_told_at_once()
    {
        var body = JsonNode.Parse(Headphones)!;
        (body["name"], body["quantity"], body["price"]!["amount"]) = ("", -1, 10_001);
        var problem = await (await _server.Seller.SendAsync("POST /products", body.ToJsonString())).ShouldBeProblemAsync(400, "name_invalid");
        Assert.Equal(["name_invalid", "price_too_high", "quantity_out_of_range"], problem["errors"]!.AsArray().Select(error => (string)error!["code"]!));
    }

    [Theory]
    [InlineData("POST", "price", "text/plain")]
    [InlineData("POST", "price", "application/merge-patch+json")]
    [InlineData("POST", "price", "application/x-www-form-urlencoded")]
    [InlineData("POST", "price", "")]
    [InlineData("PATCH", "", "text/json")]
    [InlineData("POST", "price", "application/json; charset=utf-16")]
    [InlineData("POST", "price", "application/json; charset=\"iso-8859-1\"")]
    public async Task Another_content_type_is_415(string method, string path, string contentType) =>
        await (await _server.Seller.SendAsync($"{method} {Some}/{path}".TrimEnd('/'), "{}", contentType)).ShouldBeProblemAsync(415, "content_type_unsupported");

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    [InlineData("application/merge-patch+json")]
    public async Task A_patch_may_be_json_or_a_merge_patch(string contentType)
    {
        var id = await _server.CreateProductAsync();
        Assert.Equal(202, (int)(await _server.Seller.SendAsync($"PATCH /products/{id}", """{"name": "New"}""", contentType)).StatusCode);
    }

    [Fact]
    public async Task A_body_of_32_KB_is_read_and_one_byte_more_is_413()
    {
        var fits = Padded(32 * 1024);
        await (await _server.Seller.SendAsync($"POST {Some}/price", fits)).ShouldBeProblemAsync(404, "product_not_found");
        await (await _server.Seller.SendAsync($"POST {Some}/price", fits + " ")).ShouldBeProblemAsync(413, "body_too_large");
    }

    [Fact]
    public async Task A_body_over_32_KB_in_chunks_is_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Some}/price") { Content = new Chunks(Padded(64 * 1024)) };
        var answer = await _server.Seller.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Null(request.Content.Headers.ContentLength);
        await answer.ShouldBeProblemAsync(413, "body_too_large");
    }

    private static string Padded(int bytes) => Price(80).PadRight(bytes);

    private sealed class Chunks : StreamContent
    {
        public Chunks(string text) : base(new MemoryStream(Encoding.UTF8.GetBytes(text))) => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
