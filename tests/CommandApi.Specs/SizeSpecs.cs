using System.Text.Json;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class SizeSpecs : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = PlainJson.Encoder };

    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    /// <summary>17 KB that .NET would escape to more than a record holds.</summary>
    [Fact]
    public async Task Product_of_characters_that_need_no_escape_is_created()
    {
        var specifications = Enumerable.Range(0, 24).Select(i => $"\"{i}\": \"{new string('<', 500)}\"");
        var body = Headphones
            .Replace("Loud", new string('<', 5_000), StringComparison.Ordinal)
            .Replace("\"battery\": \"30 hours\"", string.Join(", ", specifications), StringComparison.Ordinal);

        var answer = await _server.Seller.SendAsync("POST /products", body, headers: ("Prefer", "wait=5"));

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.InRange(CommandJson.Write(ShopContracts.Commands, Assert.Single(_server.Shop.Taken)).Length, body.Length - 500, body.Length + 1_000);
    }

    [Fact]
    public async Task Body_of_32_KB_makes_a_record_that_the_consumer_takes()
    {
        foreach (var character in (string[])["<", "+", "é", "日", "😀"])
        {
            using var server = new CommandServer();
            var budget = 30_000;
            Dictionary<string, string> specifications = [];
            while (specifications.Count < ProductLimits.MaxSpecifications)
            {
                var value = string.Concat(Enumerable.Repeat(character, ProductLimits.MaxSpecificationValue / character.Length));
                if ((budget -= PlainJson.BytesOf(value) + 10) < 0) break;
                specifications[$"{specifications.Count}"] = value;
            }

            var json = JsonSerializer.Serialize(specifications, Plain);
            var answer = await server.Seller.SendAsync("POST /products", Headphones.Replace("{\"battery\": \"30 hours\"}", json, StringComparison.Ordinal), headers: ("Prefer", "wait=5"));

            Assert.Equal(201, (int)answer.StatusCode);
            Assert.InRange(CommandJson.Write(ShopContracts.Commands, Assert.Single(server.Shop.Taken)).Length, 20_000, 33_000);
        }
    }

    [Fact]
    public async Task Product_that_would_outgrow_its_document_is_422_with_a_code_that_names_the_limit()
    {
        var id = await _server.CreateProductAsync();
        var url = "https://img.example.org/?".PadRight(ProductLimits.MaxImageUrl - 1, '&');
        for (var patch = 0; patch < 3; patch++)
        {
            var specifications = Enumerable.Range(patch * 16, 16).Select(i => $"\"{i}\": \"{new string('日', 500)}\"");
            var answer = await _server.Seller.SendAsync($"PATCH /products/{id}", $$"""{"specifications": { {{string.Join(", ", specifications)}} } }""", headers: ("Prefer", "wait=5"));
            Assert.Equal(200, (int)answer.StatusCode);
        }

        for (var image = 1; image < 5; image++)
            Assert.Equal(200, (int)(await _server.Seller.SendAsync($"POST /products/{id}/images", $$"""{"url": "{{url}}{{image}}"}""", headers: ("Prefer", "wait=5"))).StatusCode);
        var problem = await (await _server.Seller.SendAsync($"PATCH /products/{id}", $$"""{"description": "{{new string('日', 5_000)}}"}""")).ShouldBeProblemAsync(422, "product_too_large");
        Assert.Contains("81,920 bytes", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(200, (int)(await _server.Seller.SendAsync($"PATCH /products/{id}", """{"description": "Short"}""", headers: ("Prefer", "wait=5"))).StatusCode);
    }
}
