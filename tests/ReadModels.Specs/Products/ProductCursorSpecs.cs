using System.Buffers.Text;
using System.Text;
using CsCheck;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class ProductCursorSpecs
{
    private readonly InMemoryProducts _products = new();

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("bm90IG91cnM")]
    [InlineData("ÿþ")]
    public async Task A_text_that_is_no_cursor_is_refused(string cursor) =>
        await Assert.ThrowsAsync<InvalidCursorException>(() => _products.BrowseAsync(new ProductBrowse(null, ProductSort.Name, 10, cursor), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("Price\n*\n000000000010000")]
    [InlineData("Price\n*\n00000000001000x\u0001b7f5e1a0-0000-5000-8000-000000000000")]
    [InlineData("Price\n*\n000000000010000\u0001not-a-uuid-but-of-the-same-length-00")]
    [InlineData("Price\n*\n000000000010000\u0001b7f5e1a0-0000-5000-8000-000000000000\nmore")]
    [InlineData("price\n*\n000000000010000\u0001b7f5e1a0-0000-5000-8000-000000000000")]
    public async Task A_made_up_cursor_is_refused(string text) =>
        await Assert.ThrowsAsync<InvalidCursorException>(() => _products.BrowseAsync(
            new ProductBrowse(null, ProductSort.Price, 10, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))),
            TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_cursor_that_was_tampered_with_is_refused_or_leads_elsewhere_in_the_same_list()
    {
        var ct = TestContext.Current.CancellationToken;
        for (var number = 0; number < 6; number++)
            await _products.SaveAsync(new ProductProjection().Fold(new Story(number, price: 10 + number).Events)!, null, ct);
        var cursor = (await _products.BrowseAsync(new ProductBrowse(null, ProductSort.Price, 3, null), ct)).Next!;

        Gen.Select(Gen.Int[0, cursor.Length - 1], Gen.Char.AlphaNumeric).Sample((at, with) =>
        {
            try
            {
                var page = _products.BrowseAsync(new ProductBrowse(null, ProductSort.Price, 10, $"{cursor[..at]}{with}{cursor[(at + 1)..]}"), ct).GetAwaiter().GetResult();
                return page.Items.Select(item => item.CurrentPrice).SequenceEqual(page.Items.Select(item => item.CurrentPrice).Order());
            }
            catch (InvalidCursorException)
            {
                return true;
            }
        });
    }
}
