using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating.Erasure;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.Erasure;

public sealed class TipTextSearchSpecs
{
    private const string Address = "anna.müller@example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"email":"anna.müller@example.com"}""", null, null)]
    [InlineData("{}", """{"email":"anna.m\u00FCller@example.com"}""", null)]
    [InlineData("{}", null, "anna.müller@example.com is no name.")]
    public async Task A_text_that_a_tip_holds_is_found_wherever_in_it(string state, string? commandData, string? reason)
    {
        var tips = new InMemoryStreamTips();
        await tips.CommitAsync(Tip("anna", state, commandData, reason), null, Ct);
        await tips.CommitAsync(Tip("bert", "{}", "{}", "nothing"), null, Ct);

        var finding = Assert.Single(await new TipTextSearch(tips, "tips").FindAsync([Address], Ct));

        Assert.Equal(("tips", 2, 1), (finding.Where, finding.Searched, finding.Found));
    }

    private static StreamTip Tip(string person, string state, string? commandData, string? reason)
    {
        var (stream, at) = (CustomerStreams.IdOf(person), DateTimeOffset.UnixEpoch);
        var refused = new CommandOutcome(stream, Guid.NewGuid(), null, "RegisterUser", CommandStatus.Refused, 0, [], "malformed", reason, commandData, new Actor(person, ShopRoles.Customer), at, at, null, null);
        return new StreamTip(stream, 0, 1, state, new SourcePosition("test", "1"), at, new Commit([], [refused]), OutcomeRing.Empty);
    }
}
