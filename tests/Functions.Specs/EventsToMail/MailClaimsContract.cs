using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>The guarantees of every store of claims.</summary>
public abstract class MailClaimsContract
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_many_who_claim_at_once_is_granted()
    {
        var (claims, mail) = (await OpenAsync(), Guid.NewGuid().ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => claims.ClaimAsync(mail, Ct)));

        var granted = Assert.Single(answers, answer => answer.State == MailClaimState.Granted);
        Assert.All(answers.Where(answer => answer != granted), answer => Assert.Equal(granted with { State = MailClaimState.Held }, answer));
    }

    [Fact]
    public async Task What_was_sent_cannot_be_claimed_again()
    {
        var (claims, mail) = (await OpenAsync(), Guid.NewGuid().ToString());
        await claims.ConfirmAsync(await claims.ClaimAsync(mail, Ct), "message-1", Ct);

        Assert.Equal(MailClaimState.Sent, (await claims.ClaimAsync(mail, Ct)).State);
    }

    [Fact]
    public async Task Mail_that_was_given_up_cannot_be_claimed_again()
    {
        var (claims, mail) = (await OpenAsync(), Guid.NewGuid().ToString());
        var claim = await claims.ClaimAsync(mail, Ct);
        await claims.GiveUpAsync(claim, "BadRequestException", Ct);
        await claims.ReleaseAsync(claim, Ct);

        Assert.Equal(MailClaimState.Undeliverable, (await claims.ClaimAsync(mail, Ct)).State);
    }

    [Fact]
    public async Task What_was_released_can_be_claimed_again()
    {
        var (claims, mail) = (await OpenAsync(), Guid.NewGuid().ToString());
        var first = await claims.ClaimAsync(mail, Ct);
        await claims.ReleaseAsync(first, Ct);

        var second = await claims.ClaimAsync(mail, Ct);
        Assert.Equal(MailClaimState.Granted, second.State);
        Assert.NotEqual(first.Holder, second.Holder);
    }

    [Fact]
    public async Task A_late_release_does_not_take_the_claim_from_its_next_holder()
    {
        var (claims, mail) = (await OpenAsync(), Guid.NewGuid().ToString());
        var first = await claims.ClaimAsync(mail, Ct);
        await claims.ReleaseAsync(first, Ct);
        await claims.ClaimAsync(mail, Ct);

        await claims.ReleaseAsync(first, Ct);

        Assert.Equal(MailClaimState.Held, (await claims.ClaimAsync(mail, Ct)).State);
    }

    protected abstract Task<IMailClaims> OpenAsync();
}

public sealed class InMemoryMailClaimsSpecs : MailClaimsContract
{
    protected override Task<IMailClaims> OpenAsync() => Task.FromResult<IMailClaims>(new InMemoryMailClaims(TimeProvider.System));
}

public sealed class DynamoDbMailClaimsSpecs(DynamoFixture dynamo) : MailClaimsContract
{
    private readonly AdvancingClock _clock = new();

    [Fact]
    public async Task An_item_says_what_became_of_the_mail_and_expires_after_every_dead_letter()
    {
        var db = await dynamo.OpenAsync(Ct);
        var table = await dynamo.CreateAsync(ShopTopology.Mails, Ct);
        var claims = new DynamoDbMailClaims(db, table, _clock);
        var claim = await claims.ClaimAsync("event-1/anna", Ct);

        var claimed = (await db.GetItemAsync(table, new() { ["mail"] = new("event-1/anna") }, Ct)).Item;
        Assert.Equal(["claimedAt", "expiresAt", "holder", "mail", "state"], claimed.Keys.Order());
        Assert.Equal(("claimed", "2026-11-23T10:00:00.0000000Z"), (claimed["state"].S, claimed["claimedAt"].S));
        Assert.Equal(_clock.GetUtcNow().AddDays(30), DateTimeOffset.FromUnixTimeSeconds(long.Parse(claimed[ShopTopology.Mails.ExpiresAt!].N, null)));

        await claims.ConfirmAsync(claim, "message-1", Ct);
        var sent = (await db.GetItemAsync(table, new() { ["mail"] = new("event-1/anna") }, Ct)).Item;
        Assert.Equal(("sent", "message-1", claimed["expiresAt"].N), (sent["state"].S, sent["messageId"].S, sent["expiresAt"].N));
    }

    protected override async Task<IMailClaims> OpenAsync() =>
        new DynamoDbMailClaims(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.Mails, Ct), _clock);
}
