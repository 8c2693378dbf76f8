namespace ServerlessCqrs.EventsToMail.Mails;

/// <param name="Name">The name that mails greet the customer with, or null for none.</param>
public sealed record Addressee(
    string Customer,
    string Address,
    string? Name);
