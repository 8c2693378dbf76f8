using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Accounts.Specs;

/// <summary>The event store serves a domain that it was not written for.</summary>
public sealed class AccountsSpecs
{
    private static readonly Guid Savings = new("0197f0a2-5b0c-7c9e-9a55-6a3a1c1d2e3f");

    private readonly Bank _bank = new();

    [Fact]
    public async Task Accepted_commands_become_the_events_of_their_stream()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _bank.SendAsync(Savings, new Deposit(100), "ann");
        var withdrawn = await _bank.SendAsync(Savings, new Withdraw(30), "ann");

        var events = await _bank.Streams.ReadAsync(Account.IdOf(Savings), HistoryBounds.Everything, Ct);

        Assert.Equal([new AccountOpened("ann"), new AmountDeposited(100), new AmountWithdrawn(30)], events.Select(e => e.Event));
        Assert.Equal((CommandStatus.Applied, 3L), (withdrawn.Status, withdrawn.Version));
    }

    [Fact]
    public async Task Withdrawal_above_the_balance_is_refused_with_its_code()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");

        var refused = await _bank.SendAsync(Savings, new Withdraw(1), "ann");

        Assert.Equal((CommandStatus.Refused, AccountRefusals.NotCovered, 1L), (refused.Status, refused.Code, refused.Version));
    }

    [Fact]
    public async Task Command_that_breaks_a_limit_is_refused_before_the_decision() =>
        Assert.Equal(AccountRefusals.AmountInvalid, (await _bank.SendAsync(Savings, new Deposit(0), "ann")).Code);

    [Fact]
    public async Task Deposit_to_an_account_of_another_holder_is_refused()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");

        Assert.Equal(AccountRefusals.NotTheOwner, (await _bank.SendAsync(Savings, new Deposit(5), "bob")).Code);
    }

    [Fact]
    public async Task State_is_what_the_stream_s_events_fold_to()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _bank.SendAsync(Savings, new Deposit(12.5m), "ann");
        var states = new StateReader(_bank.Tips, _bank.Streams, AccountDomain.Instance);

        var state = Assert.Single(await states.ReadAsync([Account.IdOf(Savings)], Ct));

        Assert.Equal(new AccountState("ann", 12.5m), state.Value);
    }

    [Fact]
    public async Task Stored_tip_is_read_back_with_its_events()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");
        var tip = Assert.Single(await _bank.Tips.LoadAsync([Account.IdOf(Savings)], Ct)).Value;

        var read = TipBody.Read(AccountDomain.Instance.Events, tip.Stream, tip.Version, tip.Position, TipBody.Write(tip));

        Assert.Equal([new AccountOpened("ann")], read.Newest.Events.Select(e => e.Event));
    }

    [Fact]
    public async Task Published_messages_carry_only_events_that_the_domain_tags()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _bank.SendAsync(Savings, new Deposit(7), "ann");

        var message = Assert.Single(_bank.Published);

        Assert.Equal(["statement"], message.Tags);
        Assert.Equal([new AmountDeposited(7)], EventMessage.Parse(AccountDomain.Instance.Events, message.Body).Events.Select(e => e.Event));
    }

    [Fact]
    public async Task Streams_are_found_by_the_fields_that_the_domain_indexes()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _bank.SendAsync(Guid.NewGuid(), new OpenAccount(), "bob");

        Assert.Equal([Account.IdOf(Savings)], await _bank.Log.FindAsync(Account.Category, AccountDomain.OwnerField, ["ann"], DateTimeOffset.MaxValue, Ct));
    }

    [Fact]
    public async Task Record_for_a_stream_of_another_domain_is_refused_as_malformed()
    {
        var record = CommandJson.Write(AccountDomain.Instance.Commands, new CommandRecord(Guid.CreateVersion7(), null, StreamId.Of("parcel", Savings), new OpenAccount(), new Actor("ann", AccountDomain.Holder), DateTimeOffset.UnixEpoch));
        await _bank.ArriveAsync($"parcel-{Savings}", record);

        var outcome = Assert.Single(await _bank.Log.ReadOutcomesAsync(Ct).ToListAsync(Ct));

        Assert.Equal("malformed", outcome.Code);
        Assert.Contains("No stream has the category 'parcel'.", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"OpenAccount\"", Encoding.UTF8.GetString(record), StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
