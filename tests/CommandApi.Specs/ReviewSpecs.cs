using System.Text;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Reviews;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class ReviewSpecs : IDisposable
{
    private const string Praise = """{"stars": 5, "title": "Loud", "text": "And light. I wear them all day."}""";
    private const string Scorn = """{"reason": "It is about another product."}""";

    private static readonly (string, string) Wait = ("Prefer", "wait=5");

    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_review_carries_its_words_sealed_with_the_customers_key_and_never_in_the_clear()
    {
        var product = await BoughtAsync();
        var answer = await _server.Customer.SendAsync($"POST /products/{product}/reviews", Praise, headers: Wait);

        Assert.Equal(200, (int)answer.StatusCode);
        var command = _server.Shop.Taken[^1];
        var body = await answer.JsonAsync();
        Assert.Equal((command.Stream.Key, null), ((string?)body["id"], body["url"]));
        var review = Assert.IsType<SubmitReview>(command.Command);
        Assert.Equal((ReviewStreams.IdOf(product, "customer-1"), 5, "customer-1", "customer-1"), (command.Stream, review.Stars, review.Title.Person, review.Text.Person));
        var sent = Encoding.UTF8.GetString(CommandJson.Write(ShopContracts.Commands, command));
        Assert.DoesNotContain("Loud", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("light", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Logs.Lines, line => line.Contains("Loud", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_review_again_changes_nothing_and_another_one_is_refused()
    {
        var product = await BoughtAsync();
        await _server.Customer.SendAsync($"POST /products/{product}/reviews", Praise, headers: Wait);
        Assert.Equal("unchanged", (string?)(await (await _server.Customer.SendAsync($"POST /products/{product}/reviews", Praise, headers: Wait)).JsonAsync())["status"]);
        await (await _server.Customer.SendAsync($"POST /products/{product}/reviews", Praise.Replace('5', '1'))).ShouldBeProblemAsync(409, "already_reviewed");
    }

    [Fact]
    public async Task Only_who_bought_a_product_reviews_it()
    {
        var product = await BoughtAsync();
        await (await _server.OtherCustomer.SendAsync($"POST /products/{product}/reviews", Praise)).ShouldBeProblemAsync(422, "not_purchased");
        await (await _server.Customer.SendAsync($"POST /products/{Guid.NewGuid()}/reviews", Praise)).ShouldBeProblemAsync(404, "product_not_found");
        await (await _server.Seller.SendAsync($"POST /products/{product}/reviews", Praise)).ShouldBeProblemAsync(403, "not_a_customer");
        await (await _server.Nobody.SendAsync($"POST /products/{product}/reviews", Praise)).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task A_product_that_was_deleted_can_still_be_reviewed_by_who_bought_it()
    {
        var product = await BoughtAsync();
        await _server.Seller.SendAsync($"DELETE /products/{product}", headers: Wait);
        Assert.Equal(200, (int)(await _server.Customer.SendAsync($"POST /products/{product}/reviews", Praise, headers: Wait)).StatusCode);
    }

    [Fact]
    public async Task A_broken_review_is_told_whole_and_nothing_is_sealed_for_it()
    {
        var product = await BoughtAsync();
        _server.Personal.Fails = new InvalidOperationException("Nothing should be sealed.");
        var problem = await (await _server.Customer.SendAsync($"POST /products/{product}/reviews", """{"stars": 6, "title": "", "text": " "}""")).ShouldBeProblemAsync(400, "stars_out_of_range");
        Assert.Equal(["stars", "title", "text"], problem["errors"]!.AsArray().Select(error => (string)error!["field"]!));
    }

    [Fact]
    public async Task A_customer_who_was_erased_cannot_review()
    {
        var product = await BoughtAsync();
        _server.Personal.Erased.Add("customer-1");
        await (await _server.Customer.SendAsync($"POST /products/{product}/reviews", Praise)).ShouldBeProblemAsync(403, "person_erased");
    }

    [Theory]
    [InlineData("approval", null, "ReviewApproved")]
    [InlineData("rejection", Scorn, "ReviewRejected")]
    public async Task The_products_seller_decides_and_deciding_so_again_changes_nothing(string decision, string? body, string happens)
    {
        var review = await WrittenAsync();
        Assert.Equal(happens, (string?)(await (await _server.Seller.SendAsync($"POST /reviews/{review}/{decision}", body, headers: Wait)).JsonAsync())["events"]![0]);
        Assert.Equal("unchanged", (string?)(await (await _server.Seller.SendAsync($"POST /reviews/{review}/{decision}", body, headers: Wait)).JsonAsync())["status"]);
    }

    [Fact]
    public async Task An_operator_decides_as_well_and_a_decision_is_final()
    {
        var review = await WrittenAsync();
        Assert.Equal(200, (int)(await _server.Operator.SendAsync($"POST /reviews/{review}/approval", headers: Wait)).StatusCode);
        await (await _server.Seller.SendAsync($"POST /reviews/{review}/rejection", Scorn)).ShouldBeProblemAsync(422, "review_approved");
    }

    [Fact]
    public async Task Nobody_else_decides_on_a_review()
    {
        var review = await WrittenAsync();
        var taken = _server.Shop.Taken.Count;
        foreach (var client in (HttpClient[])[_server.OtherSeller, _server.Customer, _server.OtherCustomer])
        {
            await (await client.SendAsync($"POST /reviews/{review}/approval")).ShouldBeProblemAsync(403, "not_the_seller");
            await (await client.SendAsync($"POST /reviews/{review}/rejection", Scorn)).ShouldBeProblemAsync(403, "not_the_seller");
        }

        Assert.Equal(taken, _server.Shop.Taken.Count);
    }

    [Fact]
    public async Task An_unknown_review_is_404_and_a_rejection_needs_a_reason()
    {
        await (await _server.Seller.SendAsync($"POST /reviews/{Guid.NewGuid()}/approval")).ShouldBeProblemAsync(404, "review_not_found");
        await (await _server.Seller.SendAsync($"POST /reviews/{await WrittenAsync()}/rejection", """{"reason": " "}""")).ShouldBeProblemAsync(400, "reason_invalid");
        await (await _server.Seller.SendAsync($"POST /reviews/{await WrittenAsync()}/rejection", "{}")).ShouldBeProblemAsync(400, "field_missing");
    }

    /// <summary>Returns a product that customer-1 has bought, as the order process records it.</summary>
    private async Task<Guid> BoughtAsync()
    {
        var product = await _server.CreateProductAsync();
        _server.Shop.Do(ReviewStreams.IdOf(product, "customer-1"), new RecordPurchase(product, "customer-1", "seller-1", Guid.NewGuid()), OrderProcess.Itself);
        return product;
    }

    private async Task<Guid> WrittenAsync()
    {
        var answer = await (await _server.Customer.SendAsync($"POST /products/{await BoughtAsync()}/reviews", Praise, headers: Wait)).JsonAsync();
        return Guid.Parse(((string)answer["stream"]!)["review-".Length..]);
    }
}
