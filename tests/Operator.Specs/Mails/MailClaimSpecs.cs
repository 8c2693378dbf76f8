using ServerlessCqrs.Operating.Mails;

namespace ServerlessCqrs.Operator.Specs.Mails;

public sealed class MailClaimSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("claimed", 60, true)]
    [InlineData("claimed", 59, false)]
    [InlineData("sent", 3600, false)]
    [InlineData("released", 3600, false)]
    [InlineData("undeliverable", 3600, false)]
    public void A_claim_is_unknown_once_nobody_can_be_sending_it_any_more(string state, int seconds, bool unknown) =>
        Assert.Equal(unknown, new MailClaim("mail", state, Noon).IsUnknown(Noon.AddSeconds(seconds)));
}
