using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail.Occasions;

/// <summary>An event that somebody gets a mail about.</summary>
/// <param name="Recipients">Each recipient once: event id and customer together identify a mail.</param>
public sealed record Occasion(
    EventRecord Event,
    IReadOnlyList<Recipient> Recipients,
    WriteMail Write);

/// <param name="Given">The address that the customer gave in this order or watch. Mails go there until the customer
/// registers one. Null for none.</param>
public sealed record Recipient(
    string Customer,
    Sealed? Given);

/// <summary>Writes the mail of an occasion to one of its recipients.</summary>
public delegate Task<Mail> WriteMail(Addressee to, CancellationToken ct);
