namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>Whom a mail is to.</summary>
/// <param name="Name">What mails call the customer; null for none.</param>
public sealed record Addressee(
    string Customer,
    string Address,
    string? Name);
