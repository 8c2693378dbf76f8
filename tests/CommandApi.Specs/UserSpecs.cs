using System.Text;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore;
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
        var sent = Encoding.UTF8.GetString(CommandJson.Write(command));
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

    [Fact]
    public async Task A_name_is_not_lost_because_nobody_could_see_that_there_is_one()
    {
        await _server.Customer.SendAsync("PUT /users/me", """{"name": "Ann"}""", headers: Wait);
        _server.Shop.TipsFail = new TimeoutException();
        await _server.Customer.SendAsync("PUT /users/me", "{}");
        Assert.IsType<ChangeUserEmail>(_server.Shop.Taken[^1].Command);
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

        Assert.Equal(200, (int)(await _server.Operator.SendAsync("DELETE /users/customer-1?reason=fraud", headers: Wait)).StatusCode);
        Assert.Equal((CustomerStreams.IdOf("customer-1"), "fraud"), (_server.Shop.Taken[^1].Stream, ((DeactivateUser)_server.Shop.Taken[^1].Command).Reason));
    }

    [Fact]
    public async Task What_can_be_nobodys_subject_is_404() => await (await _server.Operator.SendAsync("DELETE /users/ann%20smith")).ShouldBeProblemAsync(404, "user_not_found");
}
