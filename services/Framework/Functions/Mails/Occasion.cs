using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>An event that somebody gets a mail about.</summary>
/// <param name="Recipients">Each recipient once: event id and person together identify a mail.</param>
public sealed record Occasion(
    EventRecord Event,
    IReadOnlyList<Recipient> Recipients,
    WriteMail Write);

/// <param name="Person">The person's id.</param>
/// <param name="Given">The address that the person gave with this event. Mails go there until the person registers one.
/// Null for none.</param>
public sealed record Recipient(
    string Person,
    Sealed? Given);

/// <summary>Writes the mail of an occasion to one of its recipients.</summary>
public delegate Task<Mail> WriteMail(Addressee to, CancellationToken ct);
