using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail.Occasions;

/// <summary>An event that somebody is told about.</summary>
/// <param name="Recipients">Whom it concerns, each once: the event's id and the customer name a mail.</param>
public sealed record Occasion(
    EventRecord Event,
    IReadOnlyList<Recipient> Recipients,
    WriteMail Write);

/// <param name="Given">The address that the customer gave on the way to this occasion: mails go there while none is registered. Null for none.</param>
public sealed record Recipient(
    string Customer,
    Sealed? Given);

/// <summary>Writes the mail of an occasion to one of its recipients.</summary>
public delegate Task<Mail> WriteMail(Addressee to, CancellationToken ct);
