using System.Text;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class UserSpecs : IDisposable
{
    private static readonly (string, string) Wait = ("Prefer", "wait=5");

    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("""{"email": "ann@example.org", "name": "Ann"}""", true)]
    [InlineData("""{"name": "Ann"}""", true)]
    [InlineData("{}", false)]
    public async Task A_customer_registers_with_the_tokens_address_sealed(string body, bool isNamed)
    {
        var answer = await _server.Customer.SendAsync("PUT /users/me", body, headers: Wait);

        Assert.Equal((200, "UserRegistered"), ((int)answer.StatusCode, (string?)(await answer.JsonAsync())["events"]![0]));
        var command = _server.Shop.Taken[^1];
        var register = Assert.IsType<RegisterUser>(command.Command);
        Assert.Equal((CustomerStreams.IdOf("customer-1"), "customer-1", isNamed), (command.Stream, register.Email.Person, register.Name is not null));
        var sent = Encoding.UTF8.GetString(CommandJson.Write(ShopContracts.Commands, command));
        Assert.DoesNotContain("ann@example.org", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("Ann", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Logs.Lines, line => line.Contains("Ann", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_is_registered_changes_the_address_and_keeps_the_name_where_none_is_given()
    {
        await _server.Customer.SendAsync("PUT /users/me", """{"name": "Ann"}""", headers: Wait);
        var moved = _server.ClientOf(Identity.Token("customer-1", ["customer"], email: "ann@example.com"));

        var answer = await moved.SendAsync("PUT /users/me", "{}", headers: Wait);

        Assert.Equal(["UserEmailChanged"], (await answer.JsonAsync())["events"]!.AsArray().Select(e => (string)e!));
        Assert.IsType<ChangeUserEmail>(_server.Shop.Taken[^1].Command);
        Assert.Equal("unchanged", (string?)(await (await moved.SendAsync("PUT /users/me", """{"name": "Ann"}""", headers: Wait)).JsonAsync())["status"]);
        Assert.Equal("UserNameChanged", (string?)(await (await moved.SendAsync("PUT /users/me", """{"name": "Anna"}""", headers: Wait)).JsonAsync())["events"]![0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_without_name_sent_at_once_keeps_the_name(bool isUnseen)
    {
        await _server.Customer.SendAsync("PUT /users/me", """{"name": "Ann"}""");
        if (isUnseen) _server.Shop.TipsFail = new TimeoutException();
        await _server.Customer.SendAsync("PUT /users/me", "{}");
        await _server.Customer.SendAsync("PUT /users/me", "{}", headers: ("Idempotency-Key", "again"));
        _server.Shop.TipsFail = null;
        _server.Shop.DecideAll();

        var tip = _server.Shop.TipOf(CustomerStreams.IdOf("customer-1"))!;
        Assert.Equal((3, 1L), (_server.Shop.Taken.Count, tip.Version));
        Assert.Equal(CommandStatus.Unchanged, tip.Newest.Outcomes[0].Status);
        Assert.Equal("unchanged", (string?)(await (await _server.Customer.SendAsync("PUT /users/me", "{}", headers: ("Idempotency-Key", "again"))).JsonAsync())["status"]);
    }

    [Fact]
    public async Task Only_an_address_that_is_proven_is_taken()
    {
        await (await _server.Customer.SendAsync("PUT /users/me", """{"email": "victim@example.org"}""")).ShouldBeProblemAsync(403, "email_not_proven");
        await (await _server.ClientOf(Identity.Token("customer-1", ["customer"])).SendAsync("PUT /users/me", """{"email": "ann@example.org"}""")).ShouldBeProblemAsync(403, "email_missing");
        await (await _server.ClientOf(Identity.Token("customer-1", ["customer"], "ann@example.org", emailVerified: false)).SendAsync("PUT /users/me", "{}")).ShouldBeProblemAsync(403, "email_missing");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("""{"name": ""}""", "name_invalid")]
    [InlineData("""{"name": null}""", "field_invalid")]
    [InlineData("""{"phone": "1"}""", "field_unknown")]
    public async Task A_broken_registration_is_400(string body, string code) => await (await _server.Customer.SendAsync("PUT /users/me", body)).ShouldBeProblemAsync(400, code);

    [Fact]
    public async Task Only_customers_have_an_account()
    {
        await (await _server.Seller.SendAsync("PUT /users/me", "{}")).ShouldBeProblemAsync(403, "not_a_customer");
        await (await _server.Operator.SendAsync("PUT /users/me", "{}")).ShouldBeProblemAsync(403, "not_a_customer");
        await (await _server.Nobody.SendAsync("PUT /users/me", "{}")).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task A_customer_who_was_erased_cannot_register()
    {
        _server.Personal.Erased.Add("customer-1");
        await (await _server.Customer.SendAsync("PUT /users/me", "{}")).ShouldBeProblemAsync(403, "person_erased");
    }

    [Theory]
    [InlineData("me")]
    [InlineData("customer-1")]
    public async Task A_customer_deactivates_themselves_for_good(string id)
    {
        await _server.Customer.SendAsync("PUT /users/me", "{}", headers: Wait);
        Assert.Equal("UserDeactivated", (string?)(await (await _server.Customer.SendAsync($"DELETE /users/{id}?reason=enough", headers: Wait)).JsonAsync())["events"]![0]);
        Assert.Equal("unchanged", (string?)(await (await _server.Customer.SendAsync($"DELETE /users/{id}", headers: Wait)).JsonAsync())["status"]);
        await (await _server.Customer.SendAsync("PUT /users/me", "{}")).ShouldBeProblemAsync(403, "user_deactivated");
    }

    [Fact]
    public async Task An_operator_deactivates_anybody_and_nobody_else_does()
    {
        await (await _server.OtherCustomer.SendAsync("DELETE /users/customer-1")).ShouldBeProblemAsync(403, "not_your_account");
        await (await _server.Seller.SendAsync("DELETE /users/customer-1")).ShouldBeProblemAsync(403, "not_a_customer");
        Assert.Empty(_server.Shop.Taken);

        await _server.Customer.SendAsync("PUT /users/me", "{}", headers: Wait);
        Assert.Equal(200, (int)(await _server.Operator.SendAsync("DELETE /users/customer-1?reason=fraud", headers: Wait)).StatusCode);
        Assert.Equal((CustomerStreams.IdOf("customer-1"), "fraud"), (_server.Shop.Taken[^1].Stream, ((DeactivateUser)_server.Shop.Taken[^1].Command).Reason));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("auth0%7Cnobody")]
    [InlineData("ann%0Asmith")]
    [InlineData("ann~2")]
    [InlineData("ann%2Fsmith")]
    public async Task Person_of_whom_nothing_is_known_cannot_be_deactivated(string id)
    {
        await (await _server.Operator.SendAsync($"DELETE /users/{id}")).ShouldBeProblemAsync(404, "user_not_found");
        await (await _server.Customer.SendAsync("DELETE /users/me")).ShouldBeProblemAsync(404, "user_not_found");
        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public async Task Deactivation_is_503_while_the_persons_tip_cannot_be_read()
    {
        _server.Shop.TipsFail = new TimeoutException();
        await (await _server.Operator.SendAsync("DELETE /users/nobody")).ShouldBeProblemAsync(503, "unavailable");
        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public async Task Customer_who_only_watched_or_was_erased_can_be_deactivated()
    {
        await _server.Customer.SendAsync($"PUT /products/{await _server.CreateProductAsync()}/watch");
        _server.Personal.Erased.Add("customer-2");
        foreach (var customer in (string[])["customer-1", "customer-2"])
            Assert.Equal(200, (int)(await _server.Operator.SendAsync($"DELETE /users/{customer}", headers: Wait)).StatusCode);
    }

    [Theory]
    [InlineData("auth0|5f7c8ec7", "auth0|5f7c8ec7")]
    [InlineData("samlp|acme|Änn Smith/+%", "samlp|acme|~C3~84nn~20Smith~2F~2B~25")]
    public async Task Subject_of_a_provider_is_addressed_as_in_its_streams(string subject, string key)
    {
        var customer = _server.ClientOf(Identity.Token(subject, ["customer"], email: "ann@example.org"));
        var answer = await customer.SendAsync("PUT /users/me", "{}");
        var url = (string)(await answer.JsonAsync())["statusUrl"]!;
        Assert.StartsWith($"/commands/{Uri.EscapeDataString($"customer-{key}")}/", url, StringComparison.Ordinal);
        Assert.Equal(url, answer.Header("Location"));
        Assert.True(Uri.IsWellFormedUriString(url, UriKind.Relative), url);
        _server.Shop.DecideAll();

        var gone = await _server.Operator.SendAsync($"DELETE /users/{Uri.EscapeDataString(key)}", headers: Wait);
        Assert.Equal("UserDeactivated", (string?)(await gone.JsonAsync())["events"]![0]);
    }

    [Fact]
    public async Task What_can_be_nobodys_subject_is_404() => await (await _server.Operator.SendAsync("DELETE /users/ann%20smith")).ShouldBeProblemAsync(404, "user_not_found");
}
