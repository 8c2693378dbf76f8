
namespace ServerlessCqrs.Functions.Mails;

/// <summary>Hands mails to the service that delivers them.</summary>
public interface IMailSender
{
    /// <summary>
    /// Sends a mail in one attempt, and returns the id under which it was accepted. It takes no cancellation token,
    /// because cancelling would leave the mail in doubt. So does any exception except the refusal.
    /// </summary>
    /// <exception cref="MailRefusedException">The mail was certainly not accepted.</exception>
    Task<string> SendAsync(Mail mail);
}

/// <summary>A mail that was certainly not accepted.</summary>
public sealed class MailRefusedException(string message, Exception reason, RefusalKind kind) : Exception(message, reason)
{
    public RefusalKind Kind { get; } = kind;
}

/// <summary>Whether a refused mail can still be sent.</summary>
public enum RefusalKind
{
    /// <summary>The mail can be sent at a slower pace.</summary>
    Throttled,

    /// <summary>The mail can be sent once the service, the network or the account's settings allow it.</summary>
    Temporary,

    /// <summary>The same mail to the same address will always be refused.</summary>
    Permanent,
}
