namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Decides who may send a mail. At most one claim on a mail is granted at a time, and none after it was sent or refused
/// for good.
/// </summary>
public interface IMailClaims
{
    /// <summary>
    /// Claims a mail, or returns the existing claim. After an exception the mail may be claimed, and counts as claimed.
    /// </summary>
    Task<MailClaim> ClaimAsync(string mail, CancellationToken ct);

    /// <summary>Records that the mail was sent.</summary>
    /// <param name="messageId">The id under which SES accepted the mail.</param>
    Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct);

    /// <summary>Records that the mail was refused for good. Nobody can claim it again.</summary>
    /// <param name="reason">The reason, without the address.</param>
    Task GiveUpAsync(MailClaim claim, string reason, CancellationToken ct);

    /// <summary>Releases the claim of a mail that was certainly not sent. Another delivery can claim it.</summary>
    Task ReleaseAsync(MailClaim claim, CancellationToken ct);
}

/// <param name="Holder">Identifies the delivery that has the claim.</param>
/// <param name="ClaimedAt">The time at which the holder claimed the mail.</param>
public sealed record MailClaim(
    string Mail,
    MailClaimState State,
    string Holder,
    DateTimeOffset ClaimedAt);

public enum MailClaimState
{
    /// <summary>The caller has the claim and may send the mail.</summary>
    Granted,

    /// <summary>
    /// Another holder has claimed the mail and not confirmed it. That holder is sending it now, or crashed and may have
    /// sent it.
    /// </summary>
    Held,

    Sent,

    Undeliverable,
}
