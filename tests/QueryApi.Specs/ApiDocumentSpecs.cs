using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using ServerlessCqrs.QueryApi.Specs.Playground;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class ApiDocumentSpecs : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task One_document_tells_the_writes_and_the_reads()
    {
        var document = await (await _server.Anyone.SendAsync("GET /openapi/v1.json")).ShouldBeOkAsync();
        var paths = document["paths"]!.AsObject();
        Assert.Equal(["get", "post"], Methods("/products"));
        Assert.Equal(["delete", "get", "patch"], Methods("/products/{id}"));
        Assert.Contains("post", Methods("/products/{id}/price"));
        Assert.Equal(["get"], Methods("/commands/{stream}/{id}"));
        Assert.Equal(["get"], Methods("/health"));
        Assert.Equal(["get"], Methods("/health/sync-lag"));
        Assert.Equal("/", (string?)document["servers"]![0]!["url"]);
        Assert.NotNull(document["components"]!["securitySchemes"]!["bearer"]);
        Assert.NotNull(paths["/commands/{stream}/{id}"]!["get"]!["security"]);
        Assert.NotNull(paths["/products"]!["post"]!["security"]);
        Assert.Null(paths["/products"]!["get"]!["security"]);
        Assert.Equal(["asOf", "category", "cursor", "limit", "sort"], paths["/products"]!["get"]!["parameters"]!.AsArray().Select(p => (string)p!["name"]!).Order());
        Assert.All(paths["/products"]!["get"]!["parameters"]!.AsArray(), parameter => Assert.NotEmpty((string)parameter!["description"]!));
        Assert.NotNull(document["components"]!["schemas"]!["ProblemDetails"]!["properties"]!["code"]);
        foreach (var reference in ReferencesIn(document)) Assert.NotNull(At(document, reference));

        IEnumerable<string> Methods(string path) => paths[path]!.AsObject().Select(method => method.Key).Where(key => key != "parameters").Order();
    }

    /// <summary>The rows of the design's two tables.</summary>
    [Theory]
    [InlineData("/products", "get post")]
    [InlineData("/products/search", "get")]
    [InlineData("/products/best-sellers", "get")]
    [InlineData("/products/{id}", "delete get patch")]
    [InlineData("/products/{id}/history", "get")]
    [InlineData("/products/{id}/price", "post put")]
    [InlineData("/products/{id}/prices", "get")]
    [InlineData("/products/{id}/stock", "post")]
    [InlineData("/products/{id}/images", "post")]
    [InlineData("/products/{id}/images/{imageId}", "delete")]
    [InlineData("/products/{id}/watch", "delete put")]
    [InlineData("/products/{id}/recommendations", "get")]
    [InlineData("/products/{id}/reviews/pending", "get")]
    [InlineData("/users/me/orders", "get")]
    [InlineData("/users/me/orders/summary", "get")]
    [InlineData("/commands/{stream}/{id}", "get")]
    [InlineData("/health", "get")]
    [InlineData("/health/sync-lag", "get")]
    public async Task Every_route_of_the_design_is_there(string path, string methods) =>
        Assert.Equal(methods.Split(' '), (await DocumentAsync())["paths"]![path]!.AsObject().Select(method => method.Key).Where(key => key != "parameters").Order());

    [Fact]
    public async Task Every_operation_documents_itself_its_input_and_an_example_answer()
    {
        List<string> lacking = [];
        foreach (var (path, methods) in (await DocumentAsync())["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject().Where(one => one.Key != "parameters"))
            {
                var name = $"{method} {path}";
                if (string.IsNullOrWhiteSpace((string?)operation!["summary"])) lacking.Add($"{name}: summary");
                if (string.IsNullOrWhiteSpace((string?)operation["description"])) lacking.Add($"{name}: description");
                if (operation["tags"]?.AsArray() is not { Count: 1 }) lacking.Add($"{name}: tag");
                lacking.AddRange((operation["parameters"]?.AsArray() ?? [])
                    .Where(parameter => (string?)parameter!["in"] == "query" && string.IsNullOrWhiteSpace((string?)parameter["description"]))
                    .Select(parameter => $"{name}: description of {parameter!["name"]}"));
                if (operation["requestBody"]?["content"]?.AsObject() is { } bodies && bodies.Any(body => body.Value!["example"] is null)) lacking.Add($"{name}: example of the body");
                lacking.AddRange(operation["responses"]!.AsObject()
                    .Where(response => response.Key[0] == '2')
                    .SelectMany(response => (response.Value!["content"]?.AsObject() ?? []).Where(content => content.Value!["example"] is null).Select(_ => $"{name}: example of {response.Key}")));
            }
        }

        Assert.Empty(lacking);
    }

    /// <summary>If both services have a schema of the same name, the document shows one of them.</summary>
    [Fact]
    public async Task A_name_means_the_same_in_both_halves()
    {
        using var commands = new CommandServer();
        var writes = JsonNode.Parse(await commands.CreateDefaultClient().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!["components"]!["schemas"]!.AsObject();
        var both = (await DocumentAsync())["components"]!["schemas"]!;
        Assert.All(writes, schema => Assert.True(JsonNode.DeepEquals(schema.Value, both[schema.Key]), schema.Key));
    }

    /// <summary>An example that its schema refuses is misleading.</summary>
    [Fact]
    public async Task Every_example_of_an_answer_has_the_fields_of_its_schema_and_no_others()
    {
        var document = await DocumentAsync();
        List<string> wrong = [];
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject().Where(one => one.Key != "parameters"))
                foreach (var content in operation!["responses"]!.AsObject().Where(response => response.Key[0] == '2').SelectMany(response => response.Value!["content"]?.AsObject() ?? []))
                    if (content.Value!["example"] is { } example) wrong.AddRange(Unlike(document, content.Value["schema"]!, example, $"{method} {path}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_page_to_try_them_loads_nothing_from_elsewhere()
    {
        var page = await (await _server.Anyone.SendAsync("GET /docs/")).TextAsync();
        Assert.Contains("scalar.js", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        var script = await _server.Anyone.SendAsync("GET /docs/scalar.js");
        Assert.Equal(200, (int)script.StatusCode);
        Assert.True((await script.TextAsync()).Length > 100_000);
    }

    /// <summary>The build of this project runs the command service to get it.</summary>
    [Fact]
    public async Task Command_service_s_half_is_the_one_that_the_running_service_gives()
    {
        using var commands = new CommandServer();
        var answer = await commands.CreateDefaultClient().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        using var embedded = typeof(QueryServices).Assembly.GetManifestResourceStream("commands.json")!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(answer), JsonNode.Parse(embedded)));
    }

    /// <summary>The page's types and the clients are generated from this file.</summary>
    [Fact]
    public async Task Document_in_docs_is_the_one_it_gives_today()
    {
        var today = (await DocumentAsync()).ToJsonString(Indented) + "\n";
        var file = Path.Combine(Sources(), "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(file, today, TestContext.Current.CancellationToken);
        Assert.True(
            today == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            "docs/openapi.json is stale: run UPDATE_OPENAPI=1 dotnet test --project tests/QueryApi.Specs, and again without it.");
    }

    private async Task<JsonNode> DocumentAsync() => await (await _server.Anyone.SendAsync("GET /openapi/v1.json")).ShouldBeOkAsync();

    /// <summary>
    /// Returns the fields of an example that its schema lacks, and the required ones that the example lacks.
    /// </summary>
    private static IEnumerable<string> Unlike(JsonNode document, JsonNode schema, JsonNode? example, string at)
    {
        if ((string?)schema["$ref"] is { } reference) schema = At(document, reference)!;
        if (schema["oneOf"]?.AsArray().FirstOrDefault(one => one!["$ref"] is not null) is { } one) return example is null ? [] : Unlike(document, one, example, at);
        return (schema, example) switch
        {
            (_, JsonArray items) when schema["items"] is { } each => items.SelectMany(item => Unlike(document, each, item, $"{at}[]")),
            (_, JsonObject fields) when schema["properties"]?.AsObject() is { } properties =>
            [
                .. (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => !fields.ContainsKey(name)).Select(name => $"{at} lacks {name}"),
                .. fields.SelectMany(field => properties[field.Key] is { } property ? Unlike(document, property, field.Value, $"{at}.{field.Key}") : [$"{at} has {field.Key}"]),
            ],
            _ => [],
        };
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(property => property is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : ReferencesIn(property.Value)),
        JsonArray items => items.SelectMany(ReferencesIn),
        _ => [],
    };

    private static JsonNode? At(JsonNode document, string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, part) => node?[part.Replace("~1", "/", StringComparison.Ordinal)]);

    internal static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessCqrs.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The sources are not above the tests.");
    }

    /// <summary>The command service, with nothing behind it.</summary>
    internal sealed class CommandServer : WebApplicationFactory<CommandApi.PriceBody>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var name in (string[])["COMMAND_STREAM", "STREAM_TIPS_TABLE", "PERSON_KEYS_TABLE", "TOKEN_AUDIENCE"]) builder.UseSetting(name, "unused");
            builder.UseSetting("CLICKHOUSE", "Host=127.0.0.1;Port=9");
            builder.UseSetting("MASTER_KEY", "file:never-made.key");
            builder.UseSetting("TOKEN_ISSUER", Identity.Issuer);
        }
    }
}
