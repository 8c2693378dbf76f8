using System.Text.Json;
using ServerlessCqrs.Operating.History;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.History;

public sealed class HistoryWriterSpecs
{
    private readonly InMemoryShop _shop = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task For_people_it_is_lines_that_say_who_what_when_and_what_changed()
    {
        var product = await FillAsync();

        var text = await WriteAsync(HistoryFormat.Text);

        Assert.Contains($"2026-11-01T12:00:00.000Z  {product}  version 2  UpdateProductPrice applied", text, StringComparison.Ordinal);
        Assert.Contains("  by seller-1 (seller), command ", text, StringComparison.Ordinal);
        Assert.Contains("    pricing.currentPrice: 100 → 80", text, StringComparison.Ordinal);
        Assert.Contains("version 2  UpdateProductPrice refused: price_cut_too_deep, ", text, StringComparison.Ordinal);
        Assert.Contains("  asked for {\"price\":{\"amount\":1,\"currency\":\"USD\"}}", text, StringComparison.Ordinal);
        Assert.EndsWith("3 commands", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_programs_it_is_one_array_or_a_line_for_each_command()
    {
        await FillAsync();

        var array = JsonElement.Parse(await WriteAsync(HistoryFormat.Json)).EnumerateArray().Select(item => item.GetRawText()).ToList();
        var lines = (await WriteAsync(HistoryFormat.Ndjson)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, array.Count);
        Assert.Equal(array, lines);
        Assert.Equal("refused", JsonElement.Parse(lines[2]).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Nothing_is_told_as_nothing()
    {
        Assert.Equal("[]", (await WriteAsync(HistoryFormat.Json)).Trim());
        Assert.Equal("Nothing was ever decided there.", (await WriteAsync(HistoryFormat.Text)).Trim());
    }

    private async Task<StreamId> FillAsync()
    {
        var product = InMemoryShop.Product();
        await _shop.DoAsync(product, InMemoryShop.Create());
        await _shop.DoAsync(product, new UpdateProductPrice(new Money(80, "USD")));
        await _shop.DoAsync(product, new UpdateProductPrice(new Money(1, "USD")));
        return product;
    }

    private async Task<string> WriteAsync(HistoryFormat format)
    {
        using var text = new StringWriter();
        var history = new HistoryReader(_shop.Log, _shop.Log, _shop.Log, _shop.Models).ReadAsync(new EventStore.Log.TrailQuery(), null, Ct);
        await new HistoryWriter(text).WriteAsync(history, format, Ct);
        return text.ToString();
    }
}
