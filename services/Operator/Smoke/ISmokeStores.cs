using ServerlessCqrs.Operator.Mails;
using ServerlessCqrs.Operator.Verify;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Smoke;

/// <summary>What a client of the shop cannot see.</summary>
internal interface ISmokeStores
{
    /// <summary>The claim of a mail; null until the mail function has made it.</summary>
    Task<MailClaim?> FindMailAsync(string mail, CancellationToken ct);

    /// <summary>Proves log, tip and read models of one stream against one another.</summary>
    Task<VerifyReport> VerifyAsync(StreamId stream, CancellationToken ct);
}
