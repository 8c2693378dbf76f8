namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>One mail to one person, ready to be sent.</summary>
/// <param name="Unsubscribe">Where one POST ends the mails (RFC 8058).</param>
public sealed record Mail(
    string To,
    string Subject,
    string Text,
    string Html,
    Uri Unsubscribe);
