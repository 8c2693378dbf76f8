
namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>One mail to one person, ready to be sent.</summary>
/// <param name="Unsubscribe">Where one POST ends such mails (RFC 8058); null where there is nothing to end.</param>
public sealed record Mail(
    string To,
    string Subject,
    string Text,
    string Html,
    Uri? Unsubscribe);
