using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GraphQL;
using ServerlessCqrs.CommandApi.Graph;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Graph;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class GraphSpecs : IDisposable
{
    private const string Fragments = """
        { __typename ... on Applied { version events replayed } ... on Unchanged { version } ... on Refused { code } ... on Pending { statusUrl } }
        """;

    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Mutation_is_one_command_and_answers_its_outcome()
    {
        var id = await _server.CreateProductAsync();
        Assert.Equal(
            """{"__typename":"Applied","version":2,"events":["ProductPriceUpdated"],"replayed":false}""",
            (await ResultAsync(_server.Seller, SetPrice(id, 80, "wait: 5"))).ToJsonString());
        Assert.Equal("""{"__typename":"Unchanged","version":2}""", (await ResultAsync(_server.Seller, SetPrice(id, 80, "wait: 5"))).ToJsonString());
        Assert.Equal("""{"__typename":"Refused","code":"price_cut_too_deep"}""", (await ResultAsync(_server.Seller, SetPrice(id, 10, "wait: 5"))).ToJsonString());
    }

    [Fact]
    public async Task Mutation_without_a_wait_is_pending_with_its_status_url()
    {
        var id = await _server.CreateProductAsync();
        var result = await ResultAsync(_server.Seller, SetPrice(id, 80));
        Assert.Equal("Pending", (string?)result["__typename"]);
        Assert.StartsWith($"/commands/product-{id}/", (string)result["statusUrl"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_with_the_same_key_returns_the_first_outcome_and_another_command_is_refused()
    {
        var id = await _server.CreateProductAsync();
        Assert.False((bool)(await ResultAsync(_server.Seller, SetPrice(id, 80, "wait: 5, idempotencyKey: \"k\"")))["replayed"]!);
        var taken = _server.Shop.Taken.Count;
        Assert.True((bool)(await ResultAsync(_server.Seller, SetPrice(id, 80, "wait: 2, idempotencyKey: \"k\"")))["replayed"]!);
        Assert.Equal(taken, _server.Shop.Taken.Count);
        Assert.Equal("idempotency_key_reused", (string?)(await ResultAsync(_server.Seller, SetPrice(id, 79, "wait: 5, idempotencyKey: \"k\"")))["code"]);
    }

    [Fact]
    public async Task Version_that_does_not_match_is_refused()
    {
        var id = await _server.CreateProductAsync();
        Assert.Equal("version_mismatch", (string?)(await ResultAsync(_server.Seller, SetPrice(id, 80, "wait: 5, ifMatch: 7")))["code"]);
        Assert.Equal("Applied", (string?)(await ResultAsync(_server.Seller, SetPrice(id, 80, "wait: 5, ifMatch: 1")))["__typename"]);
    }

    [Fact]
    public async Task Refusal_before_sending_has_the_code_of_rest()
    {
        var id = await _server.CreateProductAsync();
        var results = await Task.WhenAll(
            ResultAsync(_server.OtherSeller, SetPrice(id, 80, "wait: 5")),
            ResultAsync(_server.Seller, SetPrice(Guid.NewGuid(), 80, "wait: 5")),
            ResultAsync(_server.Seller, SetPrice(id, -1, "wait: 5")),
            ResultAsync(_server.Seller, $$"""placeOrder(items: [{productId: "{{id}}", quantity: 1}], wait: 5)"""));
        Assert.Equal(["not_the_owner", "product_not_found", "price_not_positive", "not_a_customer"], results.Select(result => (string)result["code"]!));
        Assert.Equal("id_invalid", (string?)(await AnswerAsync(_server.Seller, $$"""mutation { r: deleteProduct(id: "x") {{Fragments}} }"""))["errors"]![0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task Several_mutations_run_in_their_order()
    {
        var id = Guid.NewGuid();
        var answer = await AnswerAsync(_server.Seller, $$"""
            mutation {
              a: createProduct(product: {id: "{{id}}", name: "Lamp", category: "home", price: 20, currency: "USD", quantity: 5, warehouse: "MAIN", specifications: [{name: "watts", value: "9"}]}, wait: 5) {{Fragments}}
              b: adjustStock(id: "{{id}}", delta: 3, reason: "delivery", wait: 5) {{Fragments}}
              c: deleteProduct(id: "{{id}}", reason: "worn out", wait: 5) {{Fragments}}
            }
            """);
        Assert.Equal([1, 2, 3], new[] { "a", "b", "c" }.Select(name => (int)answer["data"]![name]!["version"]!));
    }

    [Fact]
    public async Task Mutation_that_fails_does_not_hide_the_answers_of_the_others()
    {
        var id = await _server.CreateProductAsync();
        var answer = await AnswerAsync(_server.Seller, $$"""mutation { a: {{SetPrice(id, 80, "wait: 5")}} {{Fragments}} b: deleteProduct(id: "x") {{Fragments}} }""");
        Assert.Equal("Applied", (string?)answer["data"]!["a"]!["__typename"]);
        Assert.Null(answer["data"]!["b"]);
        Assert.Equal("id_invalid", (string?)answer["errors"]![0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task Request_with_five_commands_sends_none()
    {
        var id = await _server.CreateProductAsync();
        var taken = _server.Shop.Taken.Count;
        var five = string.Join(' ', Enumerable.Range(0, 5).Select(i => $$"""m{{i}}: adjustStock(id: "{{id}}", delta: 1, reason: "delivery") { __typename }"""));
        Assert.NotNull((await AnswerAsync(_server.Seller, $"mutation {{ {five} }}"))["errors"]);
        Assert.Equal(taken, _server.Shop.Taken.Count);
    }

    [Theory]
    [InlineData("specifications: [{name: \"a\", value: \"1\"}, {name: \"a\", value: \"2\"}]", "", "json_invalid")]
    [InlineData("specifications: []", "ifMatch: -1", "if_match_invalid")]
    public async Task Argument_that_rest_refuses_is_an_error(string specifications, string argument, string code)
    {
        var product = $$"""{name: "Lamp", category: "home", price: 20, currency: "USD", quantity: 5, warehouse: "MAIN", {{specifications}}}""";
        var answer = await AnswerAsync(_server.Seller, $$"""mutation { createProduct(product: {{product}}, {{argument}}) { __typename } }""");
        Assert.Equal(code, (string?)answer["errors"]![0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task Customer_places_and_cancels_an_order()
    {
        var product = await _server.CreateProductAsync();
        var order = Guid.NewGuid();
        Assert.Equal("Applied", (string?)(await ResultAsync(_server.Customer, $$"""placeOrder(id: "{{order}}", items: [{productId: "{{product}}", quantity: 2}], wait: 5)"""))["__typename"]);
        Assert.Equal("Applied", (string?)(await ResultAsync(_server.Customer, $$"""cancelOrder(id: "{{order}}", wait: 5)"""))["__typename"]);
    }

    [Fact]
    public async Task Query_gets_the_routes_for_queries()
    {
        var answer = await AnswerAsync(_server.Seller, "{ queries }");
        Assert.Equal(GraphWrites.NotAMutation, (string?)answer["errors"]![0]!["extensions"]!["code"]);
        Assert.Equal("Mutation", (string?)(await AnswerAsync(_server.Seller, "{ __schema { mutationType { name } } }"))["data"]!["__schema"]!["mutationType"]!["name"]);
    }

    [Fact]
    public async Task Mutation_needs_a_token_and_nobody_caches_its_answer()
    {
        var body = JsonContent.Create(new { query = "mutation { r: deleteProduct(id: \"x\") { __typename } }" });
        using var answer = await _server.Nobody.PostAsync("/graphql", body, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(401, "token_invalid");
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task Schema_in_docs_is_the_one_it_has_today()
    {
        var schema = new ShopSchema();
        schema.Initialize();
        var today = schema.Print().ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "mutations.graphql");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(file, today, TestContext.Current.CancellationToken);
        Assert.True(
            today == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            "docs/mutations.graphql is stale: run UPDATE_OPENAPI=1 dotnet test --project tests/CommandApi.Specs, and again without it.");

        static string Here([CallerFilePath] string path = "") => path;
    }

    private static string SetPrice(Guid id, decimal amount, string more = "") =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"setPrice(id: \"{id}\", amount: {amount}, currency: \"USD\"{(more.Length > 0 ? $", {more}" : "")})");

    private static async Task<JsonNode> ResultAsync(HttpClient client, string mutation)
    {
        var answer = await AnswerAsync(client, $"mutation {{ r: {mutation} {Fragments} }}");
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!["r"]!;
    }

    private static async Task<JsonNode> AnswerAsync(HttpClient client, string query)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query }, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        return await answer.JsonAsync();
    }
}
