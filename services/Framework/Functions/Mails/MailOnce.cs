using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Sends a mail at most once, despite duplicate deliveries, crashes and lost responses. It claims the mail, sends it
/// and confirms the claim. Without a confirmation the mail is in doubt, and is never sent again automatically. A
/// temporary refusal releases the claim. A permanent one is recorded, and the mail is never sent again.
/// </summary>
public sealed partial class MailOnce(IMailClaims claims, IMailSender sender, TimeProvider clock, ILogger<MailOnce> log, Random? random = null)
{
    /// <summary>
    /// The longest time for which an unconfirmed claim may still be in use, because an invocation can last that long.
    /// </summary>
    public static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Random _random = random ?? Random.Shared;

    /// <summary>
    /// Retries a throttled mail until <paramref name="stopAt"/>. A mail that was begun is not cancelled.
    /// </summary>
    /// <exception cref="MailRefusedException">The mail was not sent and can be retried.</exception>
    /// <exception cref="MailUnderWayException">Another delivery is sending the mail, and may yet be refused. This
    /// message must be redelivered, so that the mail is not lost then.</exception>
    public async Task<MailFate> SendAsync(string id, Mail mail, DateTimeOffset stopAt, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var claim = await claims.ClaimAsync(id, CancellationToken.None);
        switch (claim.State)
        {
            case MailClaimState.Sent:
                return MailFate.SentBefore;
            case MailClaimState.Undeliverable:
                return MailFate.Undeliverable;
            case MailClaimState.Held when clock.GetUtcNow() - claim.ClaimedAt < InFlight:
                throw new MailUnderWayException(id);
            case MailClaimState.Held:
                LogUnconfirmed(id, claim.ClaimedAt);
                return MailFate.Unknown;
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var messageId = await sender.SendAsync(mail);
                await ConfirmAsync(claim, messageId);
                return MailFate.Sent;
            }
            catch (MailRefusedException e) when (e.Kind == RefusalKind.Permanent)
            {
                await GiveUpAsync(claim, e);
                return MailFate.Undeliverable;
            }
            catch (MailRefusedException e)
            {
                if (e.Kind == RefusalKind.Throttled && await WaitAsync(attempt, stopAt, ct)) continue;
                await ReleaseAsync(claim);
                throw;
            }
            catch (Exception e)
            {
                LogInDoubt(id, e);
                return MailFate.Unknown;
            }
        }
    }

    /// <summary>Returns false when there is no time left to wait.</summary>
    private async Task<bool> WaitAsync(int attempt, DateTimeOffset stopAt, CancellationToken ct)
    {
        var wait = TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << Math.Min(attempt, 8), LongestWait.Ticks));
        // The jitter keeps mails that were throttled together from retrying together.
        wait *= 0.5 + (_random.NextDouble() / 2);
        if (ct.IsCancellationRequested || clock.GetUtcNow() + wait >= stopAt) return false;
        await Task.Delay(wait, clock, CancellationToken.None);
        return true;
    }

    private async Task ConfirmAsync(MailClaim claim, string messageId)
    {
        try
        {
            await claims.ConfirmAsync(claim, messageId, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotConfirmed(claim.Mail, messageId, e);
        }
    }

    private async Task GiveUpAsync(MailClaim claim, MailRefusedException refusal)
    {
        LogUndeliverable(claim.Mail, refusal.Message);
        try
        {
            await claims.GiveUpAsync(claim, refusal.Message, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotGivenUp(claim.Mail, e);
        }
    }

    private async Task ReleaseAsync(MailClaim claim)
    {
        try
        {
            await claims.ReleaseAsync(claim, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotReleased(claim.Mail, e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Mail {Mail} was claimed at {ClaimedAt:O} and never confirmed. It may have been sent, and is not sent again.")]
    private partial void LogUnconfirmed(string mail, DateTimeOffset claimedAt);

    [LoggerMessage(2, LogLevel.Warning, "Mail {Mail} is in doubt: it may have been sent, and is not sent again.")]
    private partial void LogInDoubt(string mail, Exception reason);

    [LoggerMessage(3, LogLevel.Error, "Mail {Mail} was sent as {MessageId}, but this could not be recorded. It will be listed as unknown.")]
    private partial void LogNotConfirmed(string mail, string messageId, Exception reason);

    [LoggerMessage(5, LogLevel.Warning, "Mail {Mail} is undeliverable and is not sent again: {Reason}")]
    private partial void LogUndeliverable(string mail, string reason);

    [LoggerMessage(6, LogLevel.Error, "Mail {Mail} is undeliverable, but this could not be recorded. It will be listed as unknown.")]
    private partial void LogNotGivenUp(string mail, Exception reason);

    [LoggerMessage(4, LogLevel.Error, "Mail {Mail} was refused, but its claim could not be released. It will be listed as unknown.")]
    private partial void LogNotReleased(string mail, Exception reason);
}
