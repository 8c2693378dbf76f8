using ServerlessCqrs.EventsToMail.Mails;

namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>Hands mails to whoever delivers them.</summary>
public interface IMailSender
{
    /// <summary>Sends a mail, in one attempt, and returns the id that it was accepted under. It cannot be cancelled: that would leave the mail in doubt. Any exception but the refusal leaves it in doubt as well.</summary>
    /// <exception cref="MailRefusedException">It was certainly not accepted.</exception>
    Task<string> SendAsync(Mail mail);
}

/// <summary>A mail that was certainly not accepted; it can be sent again.</summary>
public sealed class MailRefusedException(string message, Exception reason, bool throttled) : Exception(message, reason)
{
    /// <summary>Whether it would have been accepted at a slower pace.</summary>
    public bool Throttled { get; } = throttled;
}
