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

    [Fact]
    public async Task The_command_services_half_is_the_one_it_gives_today()
    {
        using var commands = new CommandServer();
        var answer = await commands.CreateDefaultClient().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var today = JsonNode.Parse(answer)!.ToJsonString(Indented) + "\n";
        var file = Path.Combine(Sources(), "services", "QueryApi", "OpenApi", "commands.json");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(file, today, TestContext.Current.CancellationToken);
        Assert.True(
            today == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            "services/QueryApi/OpenApi/commands.json is stale: run UPDATE_OPENAPI=1 dotnet test --project tests/QueryApi.Specs, and again without it.");
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(property => property is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : ReferencesIn(property.Value)),
        JsonArray items => items.SelectMany(ReferencesIn),
        _ => [],
    };

    private static JsonNode? At(JsonNode document, string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, part) => node?[part.Replace("~1", "/", StringComparison.Ordinal)]);

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessCqrs.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The sources are not above the tests.");
    }

    private sealed class CommandServer : WebApplicationFactory<CommandApi.Commands.CommandSender>
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
