using System.Net;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using ServerlessCqrs.EventsToMail.Mails;

namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>
/// Sends with SES, version 2, with the headers of one-click unsubscription (RFC 8058) where there is something to end. SES has no idempotency key: an answer 4xx refuses the mail, as does a connection that was never made; after anything else (5xx, a timeout, a
/// connection cut) nobody knows.
/// </summary>
/// <param name="ses">Made with <see cref="OneAttempt"/>.</param>
/// <param name="from">The sender's address.</param>
public sealed class SesMailSender(IAmazonSimpleEmailServiceV2 ses, string from) : IMailSender
{
    /// <summary>How long SES may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>The SDK's own retries would send a mail twice whose first answer was lost.</summary>
    public static AmazonSimpleEmailServiceV2Config OneAttempt() => new() { MaxErrorRetry = 0, Timeout = Patience, HttpClientFactory = new OneAttemptHttp() };

    public async Task<string> SendAsync(Mail mail)
    {
        try
        {
            var sent = await ses.SendEmailAsync(Request(mail));
            return sent.MessageId ?? throw new InvalidOperationException("SES accepted a mail and gave no id.");
        }
        catch (AmazonServiceException e) when (e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout)
        {
            // SES's words can repeat the address, which must not reach a log or a dead letter.
            throw new MailRefusedException(
                $"SES refused a mail: {e.ErrorCode} ({(int)e.StatusCode}, request {e.RequestId}).",
                new AmazonSimpleEmailServiceV2Exception(e.ErrorCode),
                throttled: e is TooManyRequestsException || e.StatusCode == HttpStatusCode.TooManyRequests || e.ErrorCode is "Throttling" or "ThrottlingException");
        }
        catch (Exception e) when (NeverLeft(e))
        {
            throw new MailRefusedException("SES could not be reached.", e, throttled: false);
        }
    }

    internal static bool NeverLeft(Exception? e) => e is not null
        && (e is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } || NeverLeft(e.InnerException));

    private SendEmailRequest Request(Mail mail) => new()
    {
        FromEmailAddress = from,
        Destination = new Destination { ToAddresses = [mail.To] },
        Content = new EmailContent
        {
            Simple = new Message
            {
                Subject = Utf8(mail.Subject),
                Body = new Body { Text = Utf8(mail.Text), Html = Utf8(mail.Html) },
                Headers = mail.Unsubscribe is null ? null :
                [
                    new MessageHeader { Name = "List-Unsubscribe", Value = $"<{mail.Unsubscribe.AbsoluteUri}>" },
                    new MessageHeader { Name = "List-Unsubscribe-Post", Value = "List-Unsubscribe=One-Click" },
                ],
            },
        },
    };

    private static Content Utf8(string text) => new() { Data = text, Charset = "UTF-8" };
}
