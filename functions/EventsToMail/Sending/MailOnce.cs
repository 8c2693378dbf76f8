using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventsToMail.Mails;

namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>
/// Sends a mail at most once, whatever is delivered twice, crashes or gets lost: claims it, sends it, confirms the claim. A claim without a confirmation is a mail of which nobody knows whether it was sent; it is never sent again by itself.
/// A temporary refusal releases the claim; one for good is recorded, and the mail is never sent again.
/// </summary>
public sealed partial class MailOnce(IMailClaims claims, IMailSender sender, TimeProvider clock, ILogger<MailOnce> log, Random? random = null)
{
    /// <summary>A claim younger than an invocation can last may be one that is being sent at this moment.</summary>
    public static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Random _random = random ?? Random.Shared;

    /// <summary>Throttled, it tries again until <paramref name="stopAt"/>. A mail that was begun is not cancelled.</summary>
    /// <exception cref="MailRefusedException">It was not sent and can be tried again.</exception>
    /// <exception cref="MailUnderWayException">Another delivery sends it at this moment, or is about to be refused: this one must come again, or it would delete the message that the other one still needs.</exception>
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

    /// <summary>False where there is no time to wait.</summary>
    private async Task<bool> WaitAsync(int attempt, DateTimeOffset stopAt, CancellationToken ct)
    {
        var wait = TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << Math.Min(attempt, 8), LongestWait.Ticks));
        // Those who were refused together must not come back together.
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

    [LoggerMessage(1, LogLevel.Warning, "Mail {Mail} was claimed at {ClaimedAt:O} and never confirmed: it may have been sent or not, and is not sent again.")]
    private partial void LogUnconfirmed(string mail, DateTimeOffset claimedAt);

    [LoggerMessage(2, LogLevel.Warning, "Mail {Mail} is in doubt: it may have been sent or not, and is not sent again.")]
    private partial void LogInDoubt(string mail, Exception reason);

    [LoggerMessage(3, LogLevel.Error, "Mail {Mail} was sent as {MessageId}, which could not be recorded: it will pass for unknown.")]
    private partial void LogNotConfirmed(string mail, string messageId, Exception reason);

    [LoggerMessage(5, LogLevel.Warning, "Mail {Mail} is undeliverable and is not sent again: {Reason}")]
    private partial void LogUndeliverable(string mail, string reason);

    [LoggerMessage(6, LogLevel.Error, "Mail {Mail} is undeliverable, which could not be recorded: it will pass for unknown.")]
    private partial void LogNotGivenUp(string mail, Exception reason);

    [LoggerMessage(4, LogLevel.Error, "Mail {Mail} was refused and its claim could not be released: it will pass for unknown.")]
    private partial void LogNotReleased(string mail, Exception reason);
}
