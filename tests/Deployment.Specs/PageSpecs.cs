using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>Runs the JavaScript that decides the page's paths and that fills its bucket, as it is deployed.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class PageSpecs(Synthesis synthesis) : IDisposable
{
    /// <summary>Records each command. Refuses the first one of a bucket named `new`, as S3 does for new rights.</summary>
    private const string FakeS3 = """
        globalThis.sent = [];
        const command = name => class { constructor(input) { this.name = name; this.input = input; } };
        export const PutObjectCommand = command('Put'), DeleteObjectsCommand = command('Delete'), ListObjectsV2Command = command('List');
        let there = [{ Key: 'index.html' }, { Key: 'assets/a.js' }], refused = false;
        export class S3Client {
          async send({ name, input }) {
            if (input.Bucket === 'broken' || (input.Bucket === 'new' && !refused)) {
              refused = true;
              throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
            }
            globalThis.sent.push(name === 'Put'
              ? `${input.Key} ${input.ContentType} ${input.CacheControl} ${input.Body}`
              : `${name} ${(input.Delete?.Objects ?? []).map(one => one.Key)}`.trim());
            if (name === 'Delete' && input.Bucket === 'stuck') return { Errors: [{ Key: 'index.html', Message: 'is locked' }] };
            if (name === 'Delete') there = [];
            return { Contents: there };
          }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/")]
    [InlineData("/shop/search")]
    [InlineData("/shop/products/6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("/shop/products")]
    [InlineData("/shop")]
    [InlineData("/shop/nothing")]
    [InlineData("/index.html")]
    [InlineData("/config.json")]
    [InlineData("/assets/index-1a2b.js")]
    [InlineData("/favicon.svg")]
    [InlineData("/faviconxsvg")]
    [InlineData("/nothing")]
    [InlineData("/Products")]
    public async Task Edge_decides_a_path_as_the_topology_does(string uri)
    {
        var answer = await DecideAsync("GET", uri);

        var (isRoute, isFile) = (ShopPage.Site.IsRoute(uri), ShopPage.Site.IsFile(uri));
        Assert.Equal(isRoute ? StaticSite.Index : isFile ? uri : null, (string?)answer["uri"]);
        if (isRoute || isFile) return;
        Assert.Equal(404, (int)answer["statusCode"]!);
        Assert.Equal("route_not_found", (string?)JsonNode.Parse(answer["body"]!.ToString())!["code"]);
    }

    [Theory]
    [InlineData("HEAD", null)]
    [InlineData("POST", 405)]
    [InlineData("OPTIONS", 405)]
    public async Task Page_can_only_be_read(string method, int? status) =>
        Assert.Equal(status, (int?)(await DecideAsync(method, "/shop/basket"))["statusCode"]);

    [Theory]
    [InlineData("bucket")]
    [InlineData("new")]
    public async Task Bucket_gets_each_file_with_its_headers_and_the_index_last(string bucket)
    {
        var (answer, sent) = await FillAsync("Create", bucket);

        Assert.Equal("SUCCESS", answer);
        Assert.Equal(
            [
                $"assets/a.js text/javascript; charset=utf-8 {StaticSite.HashedLife} let a",
                $"config.json application/json; charset=utf-8 {StaticSite.NamedLife} {{}}",
                $"index.html text/html; charset=utf-8 {StaticSite.NamedLife} the page",
            ],
            sent);
    }

    /// <summary>An open page still loads the previous release's hashed files.</summary>
    [Fact]
    public async Task Update_deletes_no_file()
    {
        var (answer, sent) = await FillAsync("Update", "bucket");

        Assert.Equal("SUCCESS", answer);
        Assert.DoesNotContain(sent, line => line.StartsWith("Delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deleted_stack_empties_the_bucket()
    {
        var (answer, sent) = await FillAsync("Delete", "bucket");

        Assert.Equal("SUCCESS", answer);
        Assert.Equal(["List", "Delete index.html,assets/a.js", "List"], sent);
    }

    /// <summary>Without the report, CloudFormation would wait for its timeout.</summary>
    [Theory]
    [InlineData("Update", "broken", "FAILED AccessDenied: Access Denied")]
    [InlineData("Delete", "stuck", "FAILED Error: index.html: is locked")]
    public async Task Failure_is_reported_to_CloudFormation(string type, string bucket, string report)
    {
        var (answer, _) = await FillAsync(type, bucket);

        Assert.Equal(report, answer);
    }

    private async Task<JsonNode> DecideAsync(string method, string uri)
    {
        var code = synthesis.Production.At("AWS::CloudFront::Function", "Page/Paths")["FunctionCode"]!.ToString();
        var request = JsonSerializer.Serialize(new { context = new { requestId = "r1" }, request = new { method, uri } });
        var (exit, printed) = await Tool.RunAsync("node", ["-e", $"{code};console.log(JSON.stringify(handler({request})))"]);
        Assert.True(exit == 0, printed);
        return JsonNode.Parse(printed)!;
    }

    private async Task<(string Answer, string[] Sent)> FillAsync(string type, string bucket)
    {
        var programs = new PublishedPrograms(_folder);
        var built = Path.Combine(_folder, "built");
        Write(built, "index.html", "the page");
        Write(built, "assets/a.js", "let a");
        programs.PublishPage(ShopTopology.All, built);
        Write(
            programs.PageFolder(),
            "node_modules/@aws-sdk/client-s3/package.json",
            """{"name": "@aws-sdk/client-s3", "type": "module", "exports": "./index.js"}""");
        Write(programs.PageFolder(), "node_modules/@aws-sdk/client-s3/index.js", FakeS3);
        var script = $$"""
            globalThis.fetch = async (url, { body }) => {
              const { Status, Reason } = JSON.parse(body);
              globalThis.told = [Status, Reason].filter(Boolean).join(' ');
              return { ok: true };
            };
            globalThis.setTimeout = then => void then();
            const event = {
              RequestType: '{{type}}',
              ResponseURL: 'https://cloudformation.example',
              ResourceProperties: { Bucket: '{{bucket}}', Configuration: '{}' },
            };
            import({{JsonSerializer.Serialize(Path.Combine(programs.PageFolder(), "index.mjs"))}})
              .then(({ handler }) => handler(event))
              .then(() => console.log(JSON.stringify({ told: globalThis.told, sent: globalThis.sent })));
            """;
        var (exit, printed) = await Tool.RunAsync("node", ["-e", script]);
        Assert.True(exit == 0, printed);
        var result = JsonNode.Parse(printed)!;
        return ((string)result["told"]!, [.. result["sent"]!.AsArray().Select(line => (string)line!)]);
    }

    private static void Write(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
