using System.Globalization;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>SES: accepts and times out, throttles, refuses.</summary>
public sealed class SimSes(Dice dice, Network network, Truth truth) : IMailSender
{
    private int _sent;

    public Task<string> SendAsync(Mail mail)
    {
        var id = truth.MailAtHand.Value ?? throw new InvalidOperationException("A mail is sent that nobody claimed.");
        return network.CallAsync("ses", "ses.send", () => Send(id, mail), CancellationToken.None, isOne: true);
    }

    private string Send(string id, Mail mail)
    {
        if (dice.Happens("ses.throttled", 0.05)) throw new MailRefusedException("Throttled.", new SimulatedFaultException("429"), throttled: true);
        if (dice.Happens("ses.refused", 0.02)) throw new MailRefusedException("Refused.", new SimulatedFaultException("400"), throttled: false);
        truth.Mailed(id, mail);
        return (_sent++).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>The claims in a simulated DynamoDB, with the conditions of the real ones.</summary>
public sealed class SimMailClaims(Network network) : IMailClaims
{
    private readonly Dictionary<string, (string State, string Holder, DateTimeOffset At)> _claims = [];
    private int _holders;

    /// <summary>The mails that are claimed or sent.</summary>
    public bool Has(string mail) => _claims.TryGetValue(mail, out var claim) && claim.State != "released";

    public IMailClaims For(TimeProvider clock) => new Client(this, clock);

    public Task<MailClaim> ClaimAsync(string mail, CancellationToken ct) => throw new NotSupportedException("Claims are made by a process: see For.");

    public Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct) => network.CallAsync("mails-table", "claims.confirm", () => _claims[claim.Mail] = ("sent", claim.Holder, claim.ClaimedAt), ct);

    public Task ReleaseAsync(MailClaim claim, CancellationToken ct) => network.CallAsync(
        "mails-table",
        "claims.release",
        () =>
        {
            if (_claims.TryGetValue(claim.Mail, out var current) && (current.State, current.Holder) == ("claimed", claim.Holder)) _claims[claim.Mail] = ("released", claim.Holder, claim.ClaimedAt);
            return true;
        },
        ct);

    private sealed class Client(SimMailClaims all, TimeProvider clock) : IMailClaims
    {
        public Task<MailClaim> ClaimAsync(string mail, CancellationToken ct) => all.ClaimAsync(new MailClaim(mail, MailClaimState.Granted, $"h{all._holders++}", clock.GetUtcNow()), ct);

        public Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct) => all.ConfirmAsync(claim, messageId, ct);

        public Task ReleaseAsync(MailClaim claim, CancellationToken ct) => all.ReleaseAsync(claim, ct);
    }

    private Task<MailClaim> ClaimAsync(MailClaim own, CancellationToken ct) => network.CallAsync(
        "mails-table",
        "claims.claim",
        () =>
        {
            if (!_claims.TryGetValue(own.Mail, out var current) || current.State == "released" || current.Holder == own.Holder)
            {
                _claims[own.Mail] = ("claimed", own.Holder, own.ClaimedAt);
                return own;
            }

            return new MailClaim(own.Mail, current.State == "sent" ? MailClaimState.Sent : MailClaimState.Held, current.Holder, current.At);
        },
        ct);
}
