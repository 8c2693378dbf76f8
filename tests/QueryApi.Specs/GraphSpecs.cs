using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using GraphQL;
using ServerlessCqrs.Graph;
using ServerlessCqrs.QueryApi.Graph;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Web.Requests;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class GraphSpecs : IDisposable
{
    private const string OrdersWithProducts = "{ orders { items { total items { quantity product { name } } } next } }";

    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    private HttpClient Ann => _server.ClientOf("ann", ShopRoles.Customer);

    [Fact]
    public async Task Public_query_by_get_is_answered_and_cached_for_five_seconds()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        var answer = await GetAsync($$"""{ product(id: "{{id}}") { name version inStock averageRating pricing { currentPrice discountPercent currency } specifications { name value } images { alt } reviews { items { stars } next } } }""");

        var product = (await answer.ShouldBeOkAsync())["data"]!["product"]!;
        Assert.Equal(
            """{"name":"Wireless Headphones","version":2,"inStock":true,"averageRating":null,"pricing":{"currentPrice":80,"discountPercent":20,"currency":"USD"},"specifications":[{"name":"battery","value":"30 hours"}],"images":[{"alt":"Black"}],"reviews":{"items":[],"next":null}}""",
            product.ToJsonString());
        Assert.Equal("public, max-age=0, s-maxage=5, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task Times_have_the_format_of_rest()
    {
        var id = await _server.Shop.CreateAsync();
        var product = (await DataAsync($$"""{ product(id: "{{id}}") { createdAt updatedAt } }"""))["product"]!;
        var rest = await (await _server.Anyone.SendAsync($"GET /products/{id}")).ShouldBeOkAsync();
        Assert.Equal(
            ((string?)rest["createdAt"], (string?)rest["updatedAt"]),
            ((string?)product["createdAt"], (string?)product["updatedAt"]));
    }

    [Fact]
    public async Task Search_returns_the_total_of_rest()
    {
        await _server.Shop.CreateAsync(Headphones("Lamp", "home", 20));
        await _server.Shop.CreateAsync(Headphones("Desk lamp", "office", 30));
        Assert.Equal(2, (int)(await DataAsync("{ search(text: \"lamp\", limit: 1) { total } }"))["search"]!["total"]!);
        Assert.Null((await DataAsync("{ search(text: \"lamp\", maxPrice: 25) { total } }"))["search"]!["total"]);
    }

    [Fact]
    public async Task Lists_have_the_items_pages_and_order_of_rest()
    {
        await _server.Shop.CreateAsync(Headphones("Lamp", "home", 20));
        await _server.Shop.CreateAsync(Headphones("Desk lamp", "office", 30));
        var first = await DataAsync("{ products(sort: PRICE, limit: 1) { items { name } next } search(text: \"lamp\", maxPrice: 25) { items { name currentPrice } partial } }");
        Assert.Equal("Lamp", (string?)first["products"]!["items"]![0]!["name"]);
        Assert.Equal("""{"items":[{"name":"Lamp","currentPrice":20}],"partial":false}""", first["search"]!.ToJsonString());

        var cursor = (string)first["products"]!["next"]!;
        var second = await DataAsync($$"""{ products(sort: PRICE, limit: 1, cursor: "{{cursor}}") { items { name } next } }""");
        Assert.Equal("""{"items":[{"name":"Desk lamp"}],"next":null}""", second["products"]!.ToJsonString());
        await ShouldFailAsync($$"""{ products(sort: NAME, limit: 1, cursor: "{{cursor}}") { next } }""", "cursor_invalid");
    }

    [Fact]
    public async Task Read_at_a_version_returns_it_or_says_why_not()
    {
        var id = await _server.Shop.CreateAsync();
        var answer = await GetAsync($$"""{ product(id: "{{id}}", atLeastVersion: 1) { version } }""");
        Assert.Equal(1, (int)(await answer.ShouldBeOkAsync())["data"]!["product"]!["version"]!);
        Assert.Equal("no-store, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
        await ShouldFailAsync($$"""{ product(id: "{{id}}", atLeastVersion: 9999) { version } }""", "version_too_far");
        await ShouldFailAsync($$"""{ product(id: "{{id}}", atLeastVersion: 0) { version } }""", "version_invalid");
    }

    [Fact]
    public async Task Product_that_is_unknown_or_deleted_is_null()
    {
        var deleted = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(deleted, [new ServerlessCqrs.Shop.Products.ProductDeleted("worn out", Remaining: 3)]);
        foreach (var id in new[] { deleted.ToString(), Guid.NewGuid().ToString(), "no id" })
            Assert.Null((await DataAsync($$"""{ product(id: "{{id}}") { name } }"""))["product"]);
    }

    [Fact]
    public async Task Private_field_by_get_is_an_error_even_with_a_token()
    {
        await _server.Shop.OrderAsync("ann", await _server.Shop.CreateAsync());
        foreach (var query in new[] { OrdersWithProducts, "query A { ...F } fragment F on Query { orders { next } }" })
        {
            var answer = await Ann.SendAsync($"GET /graphql?query={Uri.EscapeDataString(query)}");
            var body = await answer.ShouldBeOkAsync();
            Assert.Equal(PrivateFields.Code, CodeOf(body));
            Assert.Null(body["data"]);
            Assert.Equal("no-store, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
        }
    }

    [Fact]
    public async Task Caller_reads_own_orders_by_post_and_products_are_read_at_once()
    {
        foreach (var name in new[] { "Lamp", "Desk", "Chair" })
            await _server.Shop.OrderAsync("ann", await _server.Shop.CreateAsync(Headphones(name)));
        await _server.Shop.OrderAsync("bob", await _server.Shop.CreateAsync(Headphones("Sofa")));
        var before = _server.ReadModel.Lists.Calls;

        var answer = await PostAsync(Ann, OrdersWithProducts);

        var orders = (await answer.ShouldBeOkAsync())["data"]!["orders"]!["items"]!.AsArray();
        Assert.Equal(["Chair", "Desk", "Lamp"], orders.Select(order => (string)order!["items"]![0]!["product"]!["name"]!));
        Assert.Equal(1, _server.ReadModel.Lists.Calls - before);
        Assert.Equal("no-store", CacheSpecs.CacheControlOf(answer));
    }

    [Fact]
    public async Task Order_is_null_for_everybody_but_its_customer_and_operators()
    {
        var order = await _server.Shop.OrderAsync("ann", await _server.Shop.CreateAsync());
        var query = $$"""{ order(id: "{{order}}") { status version } }""";
        foreach (var client in new[] { Ann, _server.ClientOf("boss", ServerlessCqrs.Streams.Actor.Operator) })
            Assert.Equal("""{"status":"CONFIRMED","version":3}""", (await (await PostAsync(client, query)).ShouldBeOkAsync())["data"]!["order"]!.ToJsonString());
        Assert.Null((await (await PostAsync(_server.ClientOf("bob", ShopRoles.Customer), query)).ShouldBeOkAsync())["data"]!["order"]);
        await (await PostAsync(_server.Anyone, query)).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task Unavailable_store_is_the_error_of_its_field_and_nobody_caches_the_answer()
    {
        var id = await _server.Shop.CreateAsync();
        _server.ReadModel.Items.Now = Fault.Fails;
        _server.ReadModel.Lists.Now = Fault.Fails;
        var answer = await GetAsync($$"""{ product(id: "{{id}}") { name } a: product(id: "{{Guid.NewGuid()}}") { name } }""");
        Assert.Equal("Wireless Headphones", (string?)(await answer.ShouldBeOkAsync())["data"]!["product"]!["name"]);
        Assert.Equal("no-store, stale-if-error=0", CacheSpecs.CacheControlOf(answer));

        await ShouldFailAsync("{ products { next } }", "unavailable");
    }

    [Fact]
    public async Task Field_that_fails_is_null_and_the_others_keep_their_answers()
    {
        var id = await _server.Shop.CreateAsync();
        _server.ReadModel.Lists.Now = Fault.Fails;
        var body = await (await GetAsync($$"""{ product(id: "{{id}}") { name } search(text: "wireless") { next } }""")).ShouldBeOkAsync();
        Assert.Equal("Wireless Headphones", (string?)body["data"]!["product"]!["name"]);
        Assert.Null(body["data"]!["search"]);
        Assert.Equal("unavailable", CodeOf(body));
    }

    [Fact]
    public async Task Nobody_caches_that_a_product_does_not_exist_yet()
    {
        var answer = await GetAsync($$"""{ product(id: "{{Guid.NewGuid()}}") { name } }""");
        Assert.Null((await answer.ShouldBeOkAsync())["data"]!["product"]);
        Assert.Equal("no-store, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
    }

    [Fact]
    public async Task Answer_that_is_too_large_is_an_error_and_aliases_of_a_value_cost()
    {
        var id = await _server.Shop.CreateAsync(Headphones() with { Description = new string('x', 5_000) });
        await ShouldFailAsync($$"""{ product(id: "{{id}}") { {{Aliases("description", 500)}} } }""", "result_too_large");
        await ShouldFailAsync($$"""{ products(limit: 100) { items { {{Aliases("name", 100)}} } } }""", code: null);

        static string Aliases(string field, int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"a{i}:{field}"));
    }

    [Theory]
    [InlineData("{ products(limit: 101) { next } }", "limit_invalid")]
    [InlineData("{ products(limit: 0) { next } }", "limit_invalid")]
    [InlineData("{ products(category: \"\") { next } }", "category_invalid")]
    [InlineData("{ search(text: \"\") { next } }", "q_invalid")]
    public async Task Argument_out_of_range_is_the_error_that_rest_returns(string query, string code) => await ShouldFailAsync(query, code);

    [Fact]
    public async Task Query_that_is_too_deep_or_costs_too_much_does_not_run()
    {
        var calls = _server.ReadModel.Lists.Calls + _server.ReadModel.Items.Calls;
        var deep = string.Concat(Enumerable.Repeat("ofType { ", 15)) + "name" + string.Concat(Enumerable.Repeat(" }", 15));
        await ShouldFailAsync($"{{ __schema {{ types {{ {deep} }} }} }}", code: null);
        var wide = string.Join(' ', Enumerable.Range(0, 101).Select(i => $"p{i}: product(id: \"{Guid.Empty}\") {{ name }}"));
        await ShouldFailAsync($"{{ {wide} }}", code: null);
        var nested = "{ products(limit: 100) { items { name } } a: products(limit: 100) { items { name } } b: search(text: \"a\", limit: 100) { items { name } } }";
        Assert.NotNull(await DataAsync(nested));
        Assert.Equal(3, _server.ReadModel.Lists.Calls + _server.ReadModel.Items.Calls - calls);
    }

    /// <summary>The query that GraphiQL and code generators send.</summary>
    [Fact]
    public async Task Introspection_of_the_whole_schema_is_within_the_limits()
    {
        const string reference = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }";
        var data = await DataAsync($$"""
            query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name } types { ...FullType } directives { name description locations args { ...InputValue } } } }
            fragment FullType on __Type { kind name description fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason } inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
            fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
            fragment TypeRef on __Type { {{reference}} }
            """);
        Assert.Contains(data["__schema"]!["types"]!.AsArray(), type => (string?)type!["name"] == "ProductSummary");
    }

    [Theory]
    [InlineData("", 400, "query_missing")]
    [InlineData("query=%20", 400, "query_missing")]
    [InlineData("query={__typename}&variables=[", 400, "variables_invalid")]
    [InlineData("query={__typename}&variables=3", 400, "variables_invalid")]
    [InlineData("query={__typename}&variables={\"a\":1,\"a\":2}", 400, "variables_invalid")]
    [InlineData("query={__typename}&extensions={}", 400, "parameter_unknown")]
    public async Task Request_without_a_valid_document_is_a_problem(string parameters, int status, string code) =>
        await (await _server.Anyone.SendAsync($"GET /graphql?{parameters}")).ShouldBeProblemAsync(status, code);

    [Theory]
    [InlineData("{}", "application/json", 400, "query_missing")]
    [InlineData("[]", "application/json", 400, "body_invalid")]
    [InlineData("{", "application/json", 400, "body_invalid")]
    [InlineData("{ orders { next } }", "application/graphql", 415, "content_type_unsupported")]
    public async Task Body_without_a_valid_document_is_a_problem(string body, string type, int status, string code) =>
        await (await Ann.PostAsync("/graphql/query", new StringContent(body, Encoding.UTF8, type), TestContext.Current.CancellationToken)).ShouldBeProblemAsync(status, code);

    [Fact]
    public async Task Body_or_query_over_its_limit_is_a_problem()
    {
        await (await PostAsync(Ann, $"{{ orders {{ next }} }} #{new string('x', GraphLimits.MostCharacters)}")).ShouldBeProblemAsync(400, "query_too_long");
        await (await PostAsync(Ann, new string('x', RequestBody.MaxBytes))).ShouldBeProblemAsync(413, "body_too_large");
    }

    [Theory]
    [InlineData("{ nothing }")]
    [InlineData("{")]
    [InlineData("mutation { createProduct }")]
    [InlineData("subscription { changed }")]
    public async Task Document_that_does_not_fit_the_schema_is_an_error(string query) => await ShouldFailAsync(query, code: null);

    [Fact]
    public async Task Schema_in_docs_is_the_one_it_has_today()
    {
        var schema = new ShopSchema();
        schema.Initialize();
        var today = schema.Print().ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(ApiDocumentSpecs.Sources(), "docs", "schema.graphql");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(file, today, TestContext.Current.CancellationToken);
        Assert.True(
            today == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            "docs/schema.graphql is stale: run UPDATE_OPENAPI=1 dotnet test --project tests/QueryApi.Specs, and again without it.");
    }

    private Task<HttpResponseMessage> GetAsync(string query) => _server.Anyone.SendAsync($"GET /graphql?query={Uri.EscapeDataString(query)}");

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string query) =>
        client.PostAsJsonAsync("/graphql/query", new { query }, TestContext.Current.CancellationToken);

    private async Task<JsonNode> DataAsync(string query)
    {
        var body = await (await GetAsync(query)).ShouldBeOkAsync();
        Assert.True(body["errors"] is null, body.ToJsonString());
        return body["data"]!;
    }

    /// <summary>Asserts that the answer has an error, which nobody caches.</summary>
    private async Task ShouldFailAsync(string query, string? code)
    {
        var answer = await GetAsync(query);
        var body = await answer.ShouldBeOkAsync();
        Assert.NotEmpty((string)body["errors"]![0]!["message"]!);
        if (code is not null) Assert.Equal(code, CodeOf(body));
        Assert.Equal("no-store, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
    }

    private static string? CodeOf(JsonNode body) => (string?)body["errors"]?[0]?["extensions"]?["code"];
}
