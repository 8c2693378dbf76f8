using ServerlessCqrs.Functions.Mails;

namespace ServerlessCqrs.Functions.Specs.EventsToMail.Given;

/// <summary>Claims in memory, with the guarantees of the stored ones, and faults on demand.</summary>
internal sealed class InMemoryMailClaims(TimeProvider clock) : IMailClaims
{
    private readonly Dictionary<string, MailClaim> _claims = [];
    private readonly Lock _lock = new();

    /// <summary>Runs before each of the three calls reaches the table.</summary>
    public Func<Task> BeforeClaim { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeConfirm { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeRelease { get; set; } = () => Task.CompletedTask;

    public async Task<MailClaim> ClaimAsync(string mail, CancellationToken ct)
    {
        await BeforeClaim();
        lock (_lock)
        {
            if (_claims.TryGetValue(mail, out var held)) return held with { State = held.State == MailClaimState.Granted ? MailClaimState.Held : held.State };
            return _claims[mail] = new MailClaim(mail, MailClaimState.Granted, Guid.NewGuid().ToString(), clock.GetUtcNow());
        }
    }

    public async Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct)
    {
        await BeforeConfirm();
        lock (_lock) _claims[claim.Mail] = claim with { State = MailClaimState.Sent };
    }

    public Task GiveUpAsync(MailClaim claim, string reason, CancellationToken ct)
    {
        lock (_lock) _claims[claim.Mail] = claim with { State = MailClaimState.Undeliverable };
        return Task.CompletedTask;
    }

    public async Task ReleaseAsync(MailClaim claim, CancellationToken ct)
    {
        await BeforeRelease();
        lock (_lock)
        {
            if (_claims.GetValueOrDefault(claim.Mail) == claim) _claims.Remove(claim.Mail);
        }
    }
}
