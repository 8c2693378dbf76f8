using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Sends mails to the persons whom the events concern. Hints are ignored, so a rebuild sends no mail.
/// </summary>
public sealed class MailBatchHandler(EventFollower follower, Mailer mailer) : ISqsBatchHandler
{
    /// <summary>
    /// Starts no mail in the last seconds of an invocation: SES may take <see cref="SesMailSender.Patience"/>,
    /// and then the claim must still be confirmed.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(12);

    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(
            messages,
            (streams, token) => mailer.MailAsync(streams, context.Deadline - Margin, token),
            ct,
            // The mailer watches the clock itself. It orders the mails of all messages, events with few recipients
            // first.
            isSliced: false);
}
