using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Web.Paging;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>A Lambda response has at most 6 MB, so a page ends before it gets larger, whatever its limit.</summary>
public sealed class PageSizeSpecs : IDisposable
{
    private static readonly JsonTypeInfo<ProductListBody> Json = (JsonTypeInfo<ProductListBody>)JsonSerializerOptions.Web.GetTypeInfo(typeof(ProductListBody));

    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Large_history_comes_in_pages_that_lambda_can_answer()
    {
        var id = Guid.NewGuid();
        await _server.Shop.ApplyAsync(id, Headphones());
        for (var i = 0; i < 24; i++) await _server.Shop.ApplyAsync(id, Described((char)('a' + i), 200_000));

        var (versions, pages) = (new List<int>(), 0);
        for (var next = $"/products/{id}/history?limit=100"; next is not null; pages++)
        {
            var answer = await _server.ClientOf(Seller.Id).SendAsync($"GET {next}");
            Assert.InRange(Encoding.UTF8.GetByteCount(await answer.TextAsync()), 1, Pages.MaxBytes);
            versions.AddRange((await answer.ShouldBeOkAsync())["items"]!.AsArray().Select(item => (int)item!["version"]!));
            next = answer.Header("Link")?.Split('>')[0][1..];
        }

        Assert.Equal(Enumerable.Range(1, 25).Reverse(), versions);
        Assert.InRange(pages, 3, 25);
    }

    [Fact]
    public async Task Command_whose_changes_are_larger_than_a_page_is_shown_without_them()
    {
        var id = Guid.NewGuid();
        await _server.Shop.ApplyAsync(id, Headphones());
        await _server.Shop.ApplyAsync(id, Described('a', 800_000));
        await _server.Shop.ApplyAsync(id, Described('b', 800_000));

        var page = await (await _server.ClientOf(Seller.Id).SendAsync($"GET /products/{id}/history?limit=2")).ShouldBeOkAsync();

        var e = page["items"]!.AsArray().Single()!["events"]![0]!;
        Assert.Equal((3, true, null), ((int)e["version"]!, (bool?)e["changesLeftOut"], e["changes"]));
        Assert.Equal('b', ((string)e["data"]!["description"]!)[0]);
        Assert.NotNull(page["next"]);
    }

    [Theory]
    [InlineData(20, 1_000, 20)]
    [InlineData(100, 30_000, 69)]
    [InlineData(100, 5_000_000, 1)]
    public async Task Page_has_as_many_entries_as_fit(int limit, int bytes, int expected)
    {
        List<int> asked = [];
        var fitting = await Pages.FitAsync(limit, Json, most =>
        {
            asked.Add(most);
            return Task.FromResult<ProductListBody?>(new ProductListBody([.. Enumerable.Range(0, most).Select(_ => Summary(bytes))], "next"));
        });

        Assert.Equal(expected, fitting!.Value.Body.Items.Count);
        Assert.Equal(limit == expected ? [limit] : [limit, expected], asked);
        Assert.Equal(expected, JsonNode.Parse(fitting.Value.Json)!["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Page_whose_cursor_is_not_known_is_none() =>
        Assert.Null(await Pages.FitAsync(10, Json, _ => Task.FromResult<ProductListBody?>(null)));

    private static ProductDetailsRevised Described(char character, int length) => new(Name: null, new string(character, length), Category: null, Specifications: null);

    private static ProductSummaryBody Summary(int bytes) => new(
        Guid.Empty, new string('n', bytes), "slug", "audio", 1, 0, 0, "USD", Image: null, 0, 0, InStock: true, 1, QueryServer.Start);
}
