namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>
/// Who may send which mail: at most one claim on a mail is granted at a time, and none once it was sent or refused for
/// good.
/// </summary>
public interface IMailClaims
{
    /// <summary>Claims a mail, or says who has it. An exception leaves open whether it was claimed: then it counts as claimed.</summary>
    Task<MailClaim> ClaimAsync(string mail, CancellationToken ct);

    /// <summary>The mail was sent.</summary>
    /// <param name="messageId">What SES accepted it under.</param>
    Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct);

    /// <summary>The mail was refused for good: it can never be claimed again.</summary>
    /// <param name="reason">Why, without the address.</param>
    Task GiveUpAsync(MailClaim claim, string reason, CancellationToken ct);

    /// <summary>The mail was certainly not sent and can be claimed again.</summary>
    Task ReleaseAsync(MailClaim claim, CancellationToken ct);
}

/// <param name="Holder">Whose claim it is; tells one holder from another.</param>
/// <param name="ClaimedAt">When that one claimed it.</param>
public sealed record MailClaim(
    string Mail,
    MailClaimState State,
    string Holder,
    DateTimeOffset ClaimedAt);

public enum MailClaimState
{
    /// <summary>To the caller, who may send the mail now.</summary>
    Granted,

    /// <summary>To another, who has not confirmed it: sending it now, or gone and nobody knows whether it was sent.</summary>
    Held,

    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>It was refused for good.</summary>
    Undeliverable,
}
