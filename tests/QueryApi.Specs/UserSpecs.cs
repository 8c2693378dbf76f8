using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class UserSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    private HttpClient Ann => _server.ClientOf("ann", ShopRoles.Customer);

    [Fact]
    public async Task A_customer_reads_what_the_shop_knows_of_them_at_once()
    {
        await _server.Shop.RegisterAsync("ann", "ann@example.org", "Ann Example", logged: false);
        await _server.Shop.RegisterAsync("bob", "bob@example.org", name: null);

        var answer = await Ann.SendAsync("GET /users/me");

        var body = await answer.ShouldBeOkAsync();
        Assert.Equal(("ann", "registered", "ann@example.org", "Ann Example", 1), ((string?)body["id"], (string?)body["status"], (string?)body["email"], (string?)body["name"], body.VersionOf()));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null((await (await _server.ClientOf("bob", ShopRoles.Customer).SendAsync("GET /users/me")).ShouldBeOkAsync())["name"]);
    }

    [Fact]
    public async Task What_was_changed_and_ended_is_told_as_it_is_now()
    {
        await _server.Shop.RegisterAsync("ann", "ann@example.org", "Ann Example");
        await _server.Shop.HappenAsync(CustomerStreams.IdOf("ann"), [new UserEmailChanged(await _server.Personal.SealAsync("ann", "new@example.org", default)), new UserNameChanged(null), new UserDeactivated("I go")]);

        var body = await (await Ann.SendAsync("GET /users/me")).ShouldBeOkAsync();

        Assert.Equal(("deactivated", "new@example.org", null, 4), ((string?)body["status"], (string?)body["email"], (string?)body["name"], body.VersionOf()));
    }

    [Fact]
    public async Task Of_an_erased_customer_nothing_personal_is_left()
    {
        await _server.Shop.RegisterAsync("ann", "ann@example.org", "Ann Example");
        await _server.PersonKeys.EraseAsync("ann", default);
        _server.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("xample", await (await Ann.SendAsync("GET /users/me")).TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_registered_gets_404_and_503_where_that_is_not_known()
    {
        await (await Ann.SendAsync("GET /users/me")).ShouldBeProblemAsync(404, "user_not_found");
        await (await Ann.SendAsync("GET /users/bob")).ShouldBeProblemAsync(404, "route_not_found");
        await (await Ann.SendAsync("GET /users/me?id=bob")).ShouldBeProblemAsync(400, "parameter_unknown");
        await (await _server.Anyone.SendAsync("GET /users/me")).ShouldBeProblemAsync(401, "token_invalid");
        _server.Tips.Faults.Now = Fault.Fails;
        await (await Ann.SendAsync("GET /users/me")).ShouldBeProblemAsync(503, "unavailable");
    }
}
