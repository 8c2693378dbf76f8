using System.Net;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Sends mails with SES version 2. A mail that one can unsubscribe from gets the headers of RFC 8058. SES has no
/// idempotency key. A response 4xx, and a connection that was never made, mean that SES refused the mail. After
/// anything else (5xx, a timeout, a cut connection) the mail may have been sent.
/// </summary>
/// <param name="ses">A client that was created with <see cref="OneAttempt"/>.</param>
/// <param name="from">The sender's address.</param>
public sealed class SesMailSender(IAmazonSimpleEmailServiceV2 ses, string from) : IMailSender
{
    /// <summary>The timeout of a request to SES.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Disables the SDK's retries, which would send a mail twice when the first response is lost.</summary>
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
            // SES's message may contain the address, which must not reach a log or a dead letter.
            throw new MailRefusedException(
                $"SES refused a mail: {e.ErrorCode} ({(int)e.StatusCode}, request {e.RequestId}).",
                new AmazonSimpleEmailServiceV2Exception(e.ErrorCode),
                KindOf(e));
        }
        catch (Exception e) when (NeverLeft(e))
        {
            throw new MailRefusedException("SES could not be reached.", e, RefusalKind.Temporary);
        }
    }

    /// <summary>
    /// Classifies a refusal by the errors of SendEmail (Amazon SES API v2 Reference, "SendEmail", "Errors"; Amazon SES
    /// Developer Guide, "Amazon SES email sending errors"). <c>BadRequestException</c> means an invalid address or
    /// message. <c>MessageRejected</c> means content or a recipient that SES does not accept. All other errors concern
    /// the account (suspended, paused, a quota, an unverified domain), or permissions and settings. They fail all mails
    /// until somebody fixes the cause, and can then be retried. An address on the account's suppression list causes no
    /// error: SES accepts the mail and drops it.
    /// </summary>
    private RefusalKind KindOf(AmazonServiceException e) => e switch
    {
        { StatusCode: HttpStatusCode.TooManyRequests } or TooManyRequestsException => RefusalKind.Throttled,
        { ErrorCode: "Throttling" or "ThrottlingException" } => RefusalKind.Throttled,
        BadRequestException => RefusalKind.Permanent,
        MessageRejectedException => IsAboutTheSender(e.Message) ? RefusalKind.Temporary : RefusalKind.Permanent,
        _ => RefusalKind.Temporary,
    };

    /// <summary>
    /// Tells whether the error "Email address is not verified. The following identities failed the check in region …"
    /// names the sender or its domain. In the sandbox it can also name a recipient.
    /// </summary>
    private bool IsAboutTheSender(string message) =>
        message.Contains("not verified", StringComparison.OrdinalIgnoreCase)
        && message.Split([' ', ',', ':'], StringSplitOptions.RemoveEmptyEntries).Any(IsSender);

    private bool IsSender(string identity) =>
        identity.Equals(from, StringComparison.OrdinalIgnoreCase)
        || identity.Equals(from[(from.LastIndexOf('@') + 1)..], StringComparison.OrdinalIgnoreCase);

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
