namespace ServerlessCqrs.Functions.Mails;

/// <summary>One mail to one person, ready to send.</summary>
/// <param name="Unsubscribe">The address that ends such mails with one POST (RFC 8058), or null when there is nothing
/// to unsubscribe from.</param>
public sealed record Mail(
    string To,
    string Subject,
    string Text,
    string Html,
    Uri? Unsubscribe);
