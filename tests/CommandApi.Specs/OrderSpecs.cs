using System.Text;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class OrderSpecs : IDisposable
{
    private static readonly (string, string) Wait = ("Prefer", "wait=5");

    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_order_carries_its_items_no_price_and_the_tokens_address_sealed()
    {
        var product = await _server.CreateProductAsync();
        var answer = await _server.Customer.SendAsync("POST /orders", Items((product, 2)), headers: Wait);

        Assert.Equal(201, (int)answer.StatusCode);
        var command = _server.Shop.Taken[^1];
        var order = Assert.IsType<CreateOrder>(command.Command);
        Assert.Equal([new OrderLine(product, 2)], order.Items);
        Assert.Equal("customer-1", order.Email!.Person);
        Assert.Equal($"/orders/{command.Stream.Key}", (string?)(await answer.JsonAsync())["url"]);
        Assert.Equal(("applied", "OrderCreated", $"/orders/{command.Stream.Key}"), ((string?)(await answer.JsonAsync())["status"], (string?)(await answer.JsonAsync())["events"]![0], answer.Headers.Location?.ToString()));
        Assert.DoesNotContain("ann@example.org", Encoding.UTF8.GetString(CommandJson.Write(ShopContracts.Commands, command)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_costs_one_read_of_all_that_it_needs_and_one_put()
    {
        var (first, second) = (await _server.CreateProductAsync(), await _server.CreateProductAsync());
        var reads = _server.Shop.TipReads;
        var answer = await _server.Customer.SendAsync("POST /orders", Items((first, 1), (second, 1)));

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal((reads + 1, 3), (_server.Shop.TipReads, _server.Shop.Taken.Count));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("ann@example.org", false)]
    public async Task An_order_can_do_without_an_address_and_takes_none_that_is_not_proven(string? email, bool? verified)
    {
        var product = await _server.CreateProductAsync();
        Assert.Equal(201, (int)(await _server.ClientOf(Identity.Token("customer-1", ["customer"], email, verified)).SendAsync("POST /orders", Items((product, 1)), headers: Wait)).StatusCode);
        Assert.Null(((CreateOrder)_server.Shop.Taken[^1].Command).Email);
    }

    [Fact]
    public async Task Same_order_under_the_clients_id_changes_nothing_whatever_its_product_does()
    {
        var (product, id) = (await _server.CreateProductAsync(), Guid.NewGuid());
        var body = $$"""{"id": "{{id}}", "items": [{"productId": "{{product}}", "quantity": 2}]}""";
        Assert.Equal(201, (int)(await _server.Customer.SendAsync("POST /orders", body, headers: Wait)).StatusCode);
        await _server.Seller.SendAsync($"DELETE /products/{product}", headers: Wait);

        var again = await _server.Customer.SendAsync("POST /orders", body, headers: Wait);

        Assert.Equal((201, "unchanged"), ((int)again.StatusCode, (string?)(await again.JsonAsync())["status"]));
        Assert.Equal(OrderStreams.IdOf(id), _server.Shop.Taken[^1].Stream);
        await (await _server.OtherCustomer.SendAsync("POST /orders", $$"""{"id": "{{id}}", "items": [{"productId": "{{await _server.CreateProductAsync()}}", "quantity": 2}]}""")).ShouldBeProblemAsync(409, "order_exists");
    }

    [Fact]
    public async Task A_key_names_the_order_and_the_same_request_replays_the_first_answer()
    {
        var product = await _server.CreateProductAsync();
        var first = await _server.Customer.SendAsync("POST /orders", Items((product, 2)), headers: [Wait, ("Idempotency-Key", "k")]);
        var again = await _server.Customer.SendAsync("POST /orders", Items((product, 2)), headers: [Wait, ("Idempotency-Key", "k")]);

        Assert.Equal(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Unknown_product_is_404_after_a_second_and_a_new_one_is_waited_for()
    {
        var before = _server.Time.GetUtcNow();
        await (await _server.Customer.SendAsync("POST /orders", Items((await _server.CreateProductAsync(), 1), (Guid.NewGuid(), 1)))).ShouldBeProblemAsync(404, "product_not_found");
        Assert.InRange(_server.Time.GetUtcNow() - before, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2));
        Assert.Single(_server.Shop.Taken);

        var created = await (await _server.Seller.SendAsync("POST /products", Headphones)).JsonAsync();
        var answer = await _server.Customer.SendAsync("POST /orders", Items((Guid.Parse(((string)created["stream"]!)["product-".Length..]), 1)));
        Assert.Equal(202, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_deleted_product_is_410_at_once()
    {
        var (gone, other) = (await _server.CreateProductAsync(), await _server.CreateProductAsync());
        await _server.Seller.SendAsync($"DELETE /products/{gone}", headers: Wait);
        var taken = _server.Shop.Taken.Count;

        var problem = await (await _server.Customer.SendAsync("POST /orders", Items((other, 1), (gone, 1)))).ShouldBeProblemAsync(410, "product_deleted");

        Assert.Contains($"{gone}", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(taken, _server.Shop.Taken.Count);
    }

    [Fact]
    public async Task A_customer_who_was_deactivated_orders_nothing()
    {
        var product = await _server.CreateProductAsync();
        await _server.Customer.SendAsync("PUT /users/me", "{}", headers: Wait);
        await _server.Customer.SendAsync("DELETE /users/me", headers: Wait);

        await (await _server.Customer.SendAsync("POST /orders", Items((product, 1)))).ShouldBeProblemAsync(403, "user_deactivated");
        Assert.Equal(202, (int)(await _server.OtherCustomer.SendAsync("POST /orders", Items((product, 1)))).StatusCode);
    }

    [Fact]
    public async Task What_a_tip_of_another_shape_says_is_left_to_the_process()
    {
        var product = await _server.CreateProductAsync();
        await _server.Customer.SendAsync("PUT /users/me", "{}", headers: Wait);
        await _server.Customer.SendAsync("DELETE /users/me", headers: Wait);
        _server.Shop.Put(_server.Shop.TipOf(CustomerStreams.IdOf("customer-1"))! with { StateShape = 99 });

        Assert.Equal(202, (int)(await _server.Customer.SendAsync("POST /orders", Items((product, 1)))).StatusCode);
    }

    [Fact]
    public async Task Only_customers_order_and_no_key_is_made_for_others()
    {
        var product = await _server.CreateProductAsync();
        _server.Personal.Fails = new InvalidOperationException("Nobody should be sealed for.");
        await (await _server.Seller.SendAsync("POST /orders", Items((product, 1)))).ShouldBeProblemAsync(403, "not_a_customer");
        await (await _server.Operator.SendAsync("POST /orders", Items((product, 1)))).ShouldBeProblemAsync(403, "not_a_customer");
        await (await _server.Nobody.SendAsync("POST /orders", Items((product, 1)))).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task A_customer_who_was_erased_cannot_order()
    {
        var product = await _server.CreateProductAsync();
        _server.Personal.Erased.Add("customer-1");
        await (await _server.Customer.SendAsync("POST /orders", Items((product, 1)))).ShouldBeProblemAsync(403, "person_erased");
    }

    [Theory]
    [InlineData("""{"items": []}""", "items_out_of_range")]
    [InlineData("""{"items": [{"productId": "6579c22f-be2b-444c-a52b-0116dd82df6c", "quantity": 0}]}""", "quantity_out_of_range")]
    [InlineData("""{"items": [{"productId": "6579c22f-be2b-444c-a52b-0116dd82df6c", "quantity": 1}, {"productId": "6579c22f-be2b-444c-a52b-0116dd82df6c", "quantity": 1}]}""", "product_repeated")]
    [InlineData("""{"items": [{"productId": "6579c22f-be2b-444c-a52b-0116dd82df6c", "quantity": 1, "price": 1}]}""", "field_unknown")]
    [InlineData("""{"items": [null]}""", "field_invalid")]
    [InlineData("""{"items": [{"productId": "soap", "quantity": 1}]}""", "field_invalid")]
    [InlineData("""{"id": "00000000-0000-0000-0000-000000000000", "items": [{"productId": "6579c22f-be2b-444c-a52b-0116dd82df6c", "quantity": 1}]}""", "id_invalid")]
    [InlineData("""{}""", "field_missing")]
    public async Task A_broken_order_is_400(string body, string code) => await (await _server.Customer.SendAsync("POST /orders", body)).ShouldBeProblemAsync(400, code);

    [Fact]
    public async Task A_customer_cancels_their_own_order_and_cancelling_it_again_changes_nothing()
    {
        var order = await OrderAsync();
        foreach (var (status, events) in ((string, int)[])[("applied", 1), ("unchanged", 0)])
        {
            var answer = await (await _server.Customer.SendAsync($"DELETE /orders/{order}?reason=too%20late", headers: Wait)).JsonAsync();
            Assert.Equal((status, events), ((string)answer["status"]!, answer["events"]!.AsArray().Count));
        }

        Assert.Equal("too late", Assert.IsType<CancelOrder>(_server.Shop.Taken[^1].Command).Reason);
        Assert.Equal("unchanged", (string?)(await (await _server.Customer.SendAsync($"DELETE /orders/{order}", headers: Wait)).JsonAsync())["status"]);
    }

    [Fact]
    public async Task Nobody_else_cancels_an_order()
    {
        var order = await OrderAsync();
        var taken = _server.Shop.Taken.Count;
        await (await _server.OtherCustomer.SendAsync($"DELETE /orders/{order}")).ShouldBeProblemAsync(403, "not_your_order");
        await (await _server.Seller.SendAsync($"DELETE /orders/{order}")).ShouldBeProblemAsync(403, "not_a_customer");
        await (await _server.Operator.SendAsync($"DELETE /orders/{order}")).ShouldBeProblemAsync(403, "not_a_customer");
        Assert.Equal(taken, _server.Shop.Taken.Count);
    }

    [Fact]
    public async Task An_unknown_order_is_404()
    {
        await (await _server.Customer.SendAsync($"DELETE /orders/{Guid.NewGuid()}")).ShouldBeProblemAsync(404, "order_not_found");
        await (await _server.Operator.SendAsync($"POST /orders/{Guid.NewGuid()}/approval")).ShouldBeProblemAsync(404, "order_not_found");
        await (await _server.Operator.SendAsync($"POST /orders/{Guid.NewGuid()}/rejection", """{"reason": "No."}""")).ShouldBeProblemAsync(404, "order_not_found");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("approval", null, "OrderConfirmed", "DELETE /orders/{0}", "applied")]
    [InlineData("rejection", """{"reason": "Nobody needs that many."}""", "OrderRejected", "POST /orders/{0}/rejection", "unchanged")]
    public async Task An_operator_decides_on_a_held_order(string decision, string? body, string happens, string then, string status)
    {
        var order = await HeldAsync();
        var answer = await _server.Operator.SendAsync($"POST /orders/{order}/{decision}", body, headers: Wait);
        Assert.Equal((200, happens), ((int)answer.StatusCode, (string?)(await answer.JsonAsync())["events"]![0]));

        var client = then.StartsWith("DELETE", StringComparison.Ordinal) ? _server.Customer : _server.Operator;
        Assert.Equal(status, (string?)(await (await client.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, then, order), client == _server.Customer ? null : body, headers: Wait)).JsonAsync())["status"]);
    }

    [Fact]
    public async Task Only_an_operator_decides_and_only_on_what_is_held()
    {
        var (order, held) = (await OrderAsync(), await HeldAsync());
        var taken = _server.Shop.Taken.Count;
        foreach (var client in (HttpClient[])[_server.Customer, _server.Seller])
        {
            await (await client.SendAsync($"POST /orders/{held}/approval")).ShouldBeProblemAsync(403, "not_an_operator");
            await (await client.SendAsync($"POST /orders/{held}/rejection", """{"reason": "No."}""")).ShouldBeProblemAsync(403, "not_an_operator");
        }

        Assert.Equal(taken, _server.Shop.Taken.Count);
        await (await _server.Operator.SendAsync($"POST /orders/{order}/approval")).ShouldBeProblemAsync(422, "order_not_held");
        await (await _server.Operator.SendAsync($"POST /orders/{held}/rejection", """{"reason": ""}""")).ShouldBeProblemAsync(400, "reason_invalid");
    }

    [Fact]
    public async Task An_order_that_was_rejected_cannot_be_cancelled()
    {
        var order = await OrderAsync();
        _server.Shop.Do(OrderStreams.IdOf(order), new ExpireOrder(), OrderProcess.Itself);
        await (await _server.Customer.SendAsync($"DELETE /orders/{order}")).ShouldBeProblemAsync(422, "order_rejected");
    }

    private static string Items(params (Guid Product, int Quantity)[] items) =>
        $$"""{"items": [{{string.Join(", ", items.Select(item => $$"""{"productId": "{{item.Product}}", "quantity": {{item.Quantity}}}"""))}}]}""";

    private async Task<Guid> OrderAsync(int quantity = 1)
    {
        var answer = await (await _server.Customer.SendAsync("POST /orders", Items((await _server.CreateProductAsync(), quantity)), headers: Wait)).JsonAsync();
        return Guid.Parse(((string)answer["stream"]!)["order-".Length..]);
    }

    /// <summary>
    /// Returns an order with so many pieces that it looks suspicious, in the state in which the process leaves it.
    /// </summary>
    private async Task<Guid> HeldAsync()
    {
        var order = await OrderAsync(60);
        var item = ((CreateOrder)_server.Shop.Taken[^1].Command).Items[0];
        _server.Shop.Do(OrderStreams.IdOf(order), new RecordReservation(item.ProductId, item.Quantity, new Money(1, "USD"), "seller-1"), OrderProcess.Itself);
        return order;
    }
}
