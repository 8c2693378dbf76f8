using ServerlessCqrs.EventsToMail.Mails;

namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>Hands mails to whoever delivers them.</summary>
public interface IMailSender
{
    /// <summary>Sends a mail, in one attempt, and returns the id that it was accepted under. It cannot be cancelled: that would leave the mail in doubt. Any exception but the refusal leaves it in doubt as well.</summary>
    /// <exception cref="MailRefusedException">It was certainly not accepted.</exception>
    Task<string> SendAsync(Mail mail);
}

/// <summary>A mail that was certainly not accepted.</summary>
public sealed class MailRefusedException(string message, Exception reason, RefusalKind kind) : Exception(message, reason)
{
    public RefusalKind Kind { get; } = kind;
}

/// <summary>What can still become of a mail that was refused.</summary>
public enum RefusalKind
{
    /// <summary>It can be sent at a slower pace.</summary>
    Throttled,

    /// <summary>It can be sent once the service, the network or the account's settings allow it.</summary>
    Temporary,

    /// <summary>The same mail to the same address will always be refused.</summary>
    Permanent,
}
