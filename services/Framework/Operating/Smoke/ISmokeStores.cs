using ServerlessCqrs.Operating.Mails;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Smoke;

/// <summary>Access to the data that clients cannot see.</summary>
public interface ISmokeStores
{
    /// <summary>Returns the claim of a mail; null until the mail function has made it.</summary>
    Task<MailClaim?> FindMailAsync(string mail, CancellationToken ct);

    /// <summary>Verifies log, tip and read models of one stream against each other.</summary>
    Task<VerifyReport> VerifyAsync(StreamId stream, CancellationToken ct);
}
