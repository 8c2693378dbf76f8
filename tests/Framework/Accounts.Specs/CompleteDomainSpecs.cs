using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Accounts.Specs;

/// <summary>For each thing that one can forget: a domain that lacks exactly that, and the message that names it.</summary>
public sealed class CompleteDomainSpecs
{
    private static readonly Type[] Commands = [typeof(PaintToy), typeof(WashToy)];

    private static readonly Type[] Events = [typeof(ToyPainted), typeof(ToyWashed)];

    [Fact]
    public void Complete_domain_is_accepted()
    {
        Of(new ToyDecider(), Commands, Events).EnsureComplete();
        AccountDomain.Instance.EnsureComplete();
    }

    [Fact]
    public void Command_without_a_decision_is_named() => Assert.Equal(
        "WashToy has no decision. Add a case to ToyThatIsNeverWashed.Decide in tests/Framework/Accounts.Specs/Toys.cs.",
        Missing(Of(new ToyThatIsNeverWashed(), Commands, Events)));

    [Fact]
    public void Event_without_an_evolve_is_named() => Assert.Equal(
        "ToyWashed has no evolve. Add a case to ToyThatStaysDirty.Evolve in tests/Framework/Accounts.Specs/Toys.cs.",
        Missing(Of(new ToyThatStaysDirty(), Commands, Events)));

    [Fact]
    public void Command_without_limits_is_named() => Assert.Equal(
        "OpenBox has no limits. Add a case to BoxLimits.Check in tests/Framework/Accounts.Specs/Toys.cs.",
        Missing(Of(new BoxDecider(), [typeof(OpenBox)], [])));

    [Fact]
    public void Command_without_a_contract_is_named() => Assert.Equal(
        "WashToy in tests/Framework/Accounts.Specs/Toys.cs is in no contract. Give it a wire name, and add it to the JSON context of the domain's Commands.",
        Missing(Of(new ToyDecider(), [typeof(PaintToy)], Events)));

    [Fact]
    public void Event_without_a_contract_is_named() => Assert.Equal(
        "ToyWashed in tests/Framework/Accounts.Specs/Toys.cs is in no contract. Give it a wire name, and add it to the JSON context of the domain's Events.",
        Missing(Of(new ToyDecider(), Commands, [typeof(ToyPainted)])));

    [Fact]
    public void Command_of_no_stream_is_named() => Assert.Equal(
        "No stream takes OpenBox. Let it implement one of IToyCommand.",
        Missing(Of(new ToyDecider(), [.. Commands, typeof(OpenBox)], Events)));

    [Fact]
    public void State_whose_json_changed_without_its_shape_is_named() => Assert.Equal(
        $"The JSON of ToyState changed, and its shape did not. Write new(8, \"{ToyDecider.Print}\") in tests/Framework/Accounts.Specs/Toys.cs.",
        Missing(Of(new ToyDecider(new ShapeVersion(7, "of another state")), Commands, Events)));

    [Fact]
    public void State_whose_shape_has_no_print_is_named() => Assert.Equal(
        $"The shape of ToyState has no print. Write new(1, \"{ToyDecider.Print}\") in tests/Framework/Accounts.Specs/Toys.cs.",
        Missing(Of(new ToyDecider(new ShapeVersion(1, "")), Commands, Events)));

    [Fact]
    public void Command_without_a_route_is_named() => Assert.Equal(
        "The routes are not complete:\nWashToy in tests/Framework/Accounts.Specs/Toys.cs has no route. Map one in tests/Framework/Accounts.Specs.",
        Assert.Throws<InvalidOperationException>(() =>
            Of(new ToyDecider(), Commands, Events).EnsureSentBy(typeof(ToyRoutes).Assembly)).Message);

    [Fact]
    public void Program_that_sends_every_command_is_accepted() =>
        AccountDomain.Instance.EnsureSentBy(typeof(AccountDomain).Assembly);

    [Fact]
    public void Program_with_an_incomplete_domain_does_not_start()
    {
        var incomplete = Of(new ToyThatStaysDirty(), Commands, Events);

        var failure = Assert.Throws<InvalidOperationException>(() =>
            new ServiceCollection().AddEventStore(new ConfigurationBuilder().Build(), incomplete));

        Assert.Contains("ToyWashed has no evolve.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Change_of_a_checked_domain_is_checked_again()
    {
        var complete = Of(new ToyDecider(), Commands, Events).EnsureComplete();

        Assert.Throws<InvalidOperationException>(() => (complete with { Deciders = [new ToyThatStaysDirty()] }).EnsureComplete());
    }

    private static string Missing(Domain domain)
    {
        var lines = Assert.Throws<InvalidOperationException>(domain.EnsureComplete).Message.Split('\n');
        Assert.Equal("The domain is not complete:", lines[0]);
        return Assert.Single(lines[1..]);
    }

    private static Domain Of(IDecider decider, Type[] commands, Type[] events) => new()
    {
        Deciders = [decider],
        Commands = new WireContracts(ToyJson.Default, commands),
        Events = new WireContracts(ToyJson.Default, events),
        Refusals = Refusal.DeclaredIn(typeof(ToyLimits)),
        Roles = [Actor.Operator],
    };
}
