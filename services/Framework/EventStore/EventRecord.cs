using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>
/// One event as it is stored, published and read back. <see cref="Data"/> is the event's JSON as it was first written: the tip, the log and the message carry the same bytes. Times are whole milliseconds, UTC.
/// </summary>
/// <param name="Contracts">The messages that <see cref="Event"/> is read by. They are no part of what makes two records equal.</param>
/// <param name="Version">1 for a stream's first event, without gaps.</param>
/// <param name="EventId">UUIDv5 of the command id and the event's index in it: the same on every retry.</param>
public sealed record EventRecord(
    WireContracts Contracts,
    StreamId Stream,
    long Version,
    Guid EventId,
    string Type,
    int TypeVersion,
    string Data,
    Guid CommandId,
    Actor Actor,
    DateTimeOffset At)
{
    private IEvent? _event;

    // What `with` begins from: all but the event that was read, which a change of type or data makes another.
    private EventRecord(EventRecord original) =>
        (Contracts, Stream, Version, EventId, Type, TypeVersion, Data, CommandId, Actor, At) =
        (original.Contracts, original.Stream, original.Version, original.EventId, original.Type, original.TypeVersion, original.Data, original.CommandId, original.Actor, original.At);

    /// <summary>The event, read from <see cref="Data"/> once, in the shape of its newest version: <see cref="TypeVersion"/> and <see cref="Data"/> stay as they were stored.</summary>
    /// <exception cref="UnknownContractException">This code does not know the type or its version.</exception>
    public IEvent Event => _event ??= (IEvent)Contracts.Read(Type, TypeVersion, Data);

    /// <summary>The record of an event that has just happened.</summary>
    public static EventRecord Of(WireContracts contracts, StreamId stream, long version, IEvent @event, Guid commandId, int index, Actor actor, DateTimeOffset at)
    {
        var name = contracts.NameOf(@event);
        return new EventRecord(
            contracts,
            stream,
            version,
            CommandIds.OfEvent(commandId, index),
            name.Name,
            name.Version,
            contracts.Write(@event),
            commandId,
            actor,
            at)
        { _event = (IEvent)contracts.Newest(@event) };
    }

    public bool Equals(EventRecord? other) =>
        other is not null && (Stream, Version, EventId, Type, TypeVersion, Data, CommandId, Actor, At)
            == (other.Stream, other.Version, other.EventId, other.Type, other.TypeVersion, other.Data, other.CommandId, other.Actor, other.At);

    public override int GetHashCode() => HashCode.Combine(Stream, Version, EventId);
}
