using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.EventsToMail;

/// <summary>Mails whom the events concern. Hints are ignored: a rebuild mails nobody.</summary>
public sealed class MailBatchHandler(EventFollower follower, Mailer mailer) : ISqsBatchHandler
{
    /// <summary>No mail is begun in an invocation's last seconds: one that was begun may take SES's <see cref="Sending.SesMailSender.Patience"/> and must still be confirmed.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(12);

    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(
            [.. messages.Select(message => FollowedMessage.Of(message.MessageId, message.Body, message.ReceiveCount, message.Attributes))],
            (streams, token) => mailer.MailAsync(streams, context.Deadline - Margin, token),
            ct,
            // The mailer watches the clock itself, and mails first what few people wait for, of all messages.
            isSliced: false);
}
