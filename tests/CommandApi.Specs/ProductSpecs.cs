using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class ProductSpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_create_is_accepted_with_its_status_url_and_id()
    {
        var answer = await _server.Seller.SendAsync("POST /products", Headphones);
        Assert.Equal(202, (int)answer.StatusCode);
        var command = Assert.Single(_server.Shop.Taken);
        var body = await answer.JsonAsync();
        var url = $"/commands/{command.Stream}/{command.CommandId}?issued={command.At:yyyy-MM-ddTHH:mm:ss.fffZ}";
        Assert.Equal(url, (string?)body["statusUrl"]);
        Assert.Equal(url, answer.Header("Location"));
        Assert.Equal($"{command.CommandId}", (string?)body["commandId"]);
        Assert.Equal("pending", (string?)body["status"]);
        Assert.Equal($"{command.Stream}", (string?)body["stream"]);
        Assert.Equal((command.Stream.Key, $"/products/{command.Stream.Key}"), ((string?)body["id"], (string?)body["url"]));
        Assert.False(body.AsObject().ContainsKey("version"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));

        var create = Assert.IsType<CreateProduct>(command.Command);
        Assert.Equal(("Wireless Headphones", "Loud", "audio", new Money(100, "USD"), 50, "WH_001"), (create.Name, create.Description, create.Category, create.Price, create.Quantity, create.Warehouse));
        Assert.Equal("30 hours", create.Specifications["battery"]);
        Assert.Equal(("https://img.example.org/1.jpg", "Black"), (create.Images[0].Url, create.Images[0].Alt));
        Assert.Equal(new Actor("seller-1", "seller"), command.Actor);
        Assert.Equal(7, command.CommandId.Version);
        Assert.Equal(_server.Time.GetUtcNow().ToUnixTimeMilliseconds(), command.At.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_create_with_an_id_makes_that_product_and_the_same_again_changes_nothing()
    {
        const string id = "6579c22f-be2b-444c-a52b-0116dd82df6c";
        var body = Headphones.Replace("{\"name\"", $"{{\"id\": \"{id}\", \"name\"", StringComparison.Ordinal);
        var first = await _server.Seller.SendAsync("POST /products", body, headers: ("Prefer", "wait=5"));
        Assert.Equal(201, (int)first.StatusCode);
        Assert.Equal($"/products/{id}", first.Header("Location"));
        var again = await _server.Seller.SendAsync("POST /products", body, headers: ("Prefer", "wait=5"));
        Assert.Equal("unchanged", (string?)(await again.JsonAsync())["status"]);
        Assert.Equal(1, _server.Shop.TipOf(StreamId.Parse($"product-{id}"))!.Version);
    }

    [Fact]
    public async Task Another_create_of_the_same_id_is_409()
    {
        var id = await _server.CreateProductAsync();
        var body = Headphones.Replace("{\"name\": \"Wireless", $"{{\"id\": \"{id}\", \"name\": \"Wired", StringComparison.Ordinal);
        await (await _server.Seller.SendAsync("POST /products", body)).ShouldBeProblemAsync(409, "product_exists");
        await (await _server.OtherSeller.SendAsync("POST /products", body)).ShouldBeProblemAsync(409, "product_exists");
    }

    public static TheoryData<string, string?, ICommand> Writes => new()
    {
        { "POST /price", Price(80), new UpdateProductPrice(new Money(80, "USD")) },
        { "PUT /price", Price(80), new UpdateProductPrice(new Money(80, "USD")) },
        { "PATCH ", """{"name": "New"}""", new ReviseProductDetails("New", null, null, null) },
        { "POST /stock", """{"delta": -3, "reason": "damaged"}""", new AdjustInventory(-3, "damaged") },
        { "POST /images", """{"id": "00000000-0000-0000-0000-0000000000aa", "url": "https://a.example/b", "alt": "c"}""", new AddProductImage(Aa, "https://a.example/b", "c") },
        { "DELETE /images/00000000-0000-0000-0000-0000000000aa", null, new RemoveProductImage(Aa) },
        { "DELETE ?reason=broken%20moulds", null, new DeleteProduct("broken moulds") },
        { "DELETE ", null, new DeleteProduct("") },
    };

    private static Guid Aa { get; } = new("00000000-0000-0000-0000-0000000000aa");

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_is_the_command_it_says(string write, string? body, ICommand expected)
    {
        var id = await _server.CreateProductAsync();
        var answer = await _server.Seller.SendAsync(write.Replace(" ", $" /products/{id}", StringComparison.Ordinal), body);
        Assert.Equal(202, (int)answer.StatusCode);
        var accepted = await answer.JsonAsync();
        Assert.Equal(($"{id}", $"/products/{id}"), ((string?)accepted["id"], (string?)accepted["url"]));
        var command = _server.Shop.Taken[^1];
        Assert.Equal(ProductStreams.IdOf(id), command.Stream);
        Assert.Equal(expected, command.Command);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_customer_and_another_seller_are_403_and_nothing_is_sent(string write, string? body, ICommand expected)
    {
        var id = await _server.CreateProductAsync();
        var request = write.Replace(" ", $" /products/{id}", StringComparison.Ordinal);
        await (await _server.Customer.SendAsync(request, body)).ShouldBeProblemAsync(403, "not_a_seller");
        await (await _server.OtherSeller.SendAsync(request, body)).ShouldBeProblemAsync(403, "not_the_owner");
        Assert.NotNull(expected);
        Assert.Single(_server.Shop.Taken);
    }

    [Fact]
    public async Task A_customer_cannot_create_a_product()
    {
        await (await _server.Customer.SendAsync("POST /products", Headphones)).ShouldBeProblemAsync(403, "not_a_seller");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData(-1, "price_not_positive")]
    [InlineData(0, "price_not_positive")]
    [InlineData(10_001, "price_too_high")]
    public async Task A_price_out_of_bounds_is_400(int amount, string code)
    {
        var id = await _server.CreateProductAsync();
        var problem = await (await _server.Seller.SendAsync($"POST /products/{id}/price", Price(amount))).ShouldBeProblemAsync(400, code);
        Assert.Equal("amount", (string?)problem["errors"]![0]!["field"]);
        Assert.Single(_server.Shop.Taken);
    }

    [Fact]
    public async Task Price_cut_over_half_is_422_without_waiting_and_is_in_the_audit_trail()
    {
        var id = await _server.CreateProductAsync();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(49));
        var problem = await answer.ShouldBeProblemAsync(422, "price_cut_too_deep");
        Assert.Equal($"{_server.Shop.Taken[^1].CommandId}", (string?)problem["commandId"]);
        Assert.Contains(_server.Shop.TipOf(ProductStreams.IdOf(id))!.Ring.Entries, entry => entry.Code == "price_cut_too_deep");
    }

    [Fact]
    public async Task A_probable_refusal_that_is_not_decided_within_5_seconds_is_202()
    {
        var id = await _server.CreateProductAsync();
        _server.Shop.Latency = TimeSpan.FromMinutes(1);
        var before = _server.Time.GetUtcNow();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(49));
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.InRange(_server.Time.GetUtcNow() - before, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
    }

    [Fact]
    public async Task A_probable_refusal_that_turns_out_well_is_200()
    {
        var id = await _server.CreateProductAsync();
        await _server.Seller.SendAsync($"POST /products/{id}/price", Price(60));
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(40));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(3, (int)(await answer.JsonAsync())["version"]!);
    }

    [Fact]
    public async Task The_same_price_again_is_unchanged()
    {
        var id = await _server.CreateProductAsync();
        var answer = await _server.Seller.SendAsync($"POST /products/{id}/price", Price(100.00m), headers: ("Prefer", "wait=5"));
        Assert.Equal(200, (int)answer.StatusCode);
        var body = await answer.JsonAsync();
        Assert.Equal(("unchanged", 1), ((string)body["status"]!, (int)body["version"]!));
        Assert.Empty(body["events"]!.AsArray());
    }

    [Fact]
    public async Task A_write_to_a_deleted_product_is_410()
    {
        var id = await _server.CreateProductAsync();
        await _server.Seller.SendAsync($"DELETE /products/{id}");
        _server.Shop.DecideAll();
        await (await _server.Seller.SendAsync($"POST /products/{id}/price", Price(90))).ShouldBeProblemAsync(410, "product_deleted");
    }

    [Fact]
    public async Task Zeros_at_the_end_of_a_price_are_dropped()
    {
        await _server.Seller.SendAsync("POST /products", Headphones.Replace("100,", "100.00,", StringComparison.Ordinal));
        Assert.Equal("100", $"{((CreateProduct)_server.Shop.Taken[0].Command).Price.Amount}");
    }

    [Theory]
    [InlineData("""{"name": null}""", "name")]
    [InlineData("""{"description": null}""", "description")]
    [InlineData("""{"category": null}""", "category")]
    public async Task A_patch_cannot_remove_a_descriptive_field(string patch, string field)
    {
        var id = await _server.CreateProductAsync();
        var problem = await (await _server.Seller.SendAsync($"PATCH /products/{id}", patch)).ShouldBeProblemAsync(400, "field_invalid");
        Assert.Equal(field, (string?)problem["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task A_patch_removes_the_specifications_that_are_null()
    {
        var id = await _server.CreateProductAsync();
        await _server.Seller.SendAsync($"PATCH /products/{id}", """{"specifications": {"battery": null, "colour": "black"}}""");
        var revise = Assert.IsType<ReviseProductDetails>(_server.Shop.Taken[^1].Command);
        Assert.Equal((null, null, null), (revise.Name, revise.Description, revise.Category));
        Assert.Equal(new Dictionary<string, string?> { ["battery"] = null, ["colour"] = "black" }, revise.Specifications);
    }

    [Fact]
    public async Task A_patch_of_nothing_is_400()
    {
        var id = await _server.CreateProductAsync();
        await (await _server.Seller.SendAsync($"PATCH /products/{id}", "{}")).ShouldBeProblemAsync(400, "nothing_to_revise");
    }
}
