using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class RefusalSpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Decision_that_throws_is_500_and_stands_in_the_audit_trail()
    {
        Decide(() => throw new InvalidOperationException("secret inside"));

        var problem = await (await _server.Seller.SendAsync("POST /products", Headphones)).ShouldBeProblemAsync(500, "internal_error");

        Assert.NotNull(problem["commandId"]);
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Single(_server.Shop.Taken);
        Assert.Contains(_server.Logs.Lines, line => line.Contains("secret inside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusal_that_the_domain_does_not_declare_is_422_and_logged()
    {
        Decide(() => Decision.Refuse(Refusal.Gone("never_declared"), "It is gone."));

        await (await _server.Seller.SendAsync("POST /products", Headphones)).ShouldBeProblemAsync(422, "never_declared");

        Assert.Contains(_server.Logs.Lines, line => line.Contains("'never_declared' is not declared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stale_version_of_a_missing_watch_is_412_without_being_asked_to_wait()
    {
        var answer = await _server.Customer.SendAsync($"DELETE /products/{Guid.NewGuid()}/watch", headers: ("If-Match", "\"7\""));

        await answer.ShouldBeProblemAsync(412, "version_mismatch");
    }

    private void Decide(Func<Decision> decide) =>
        _server.Shop.Domain = ShopDomain.Instance.WithDeciders(decider => new ScriptedDecider(decider, decide));
}
