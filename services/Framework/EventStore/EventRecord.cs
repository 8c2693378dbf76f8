using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>
/// One event as it is stored, published and read. <see cref="Data"/> is the event's original JSON: tip, log and message
/// carry the same bytes. Times are whole milliseconds, UTC.
/// </summary>
/// <param name="Contracts">The contracts that read <see cref="Event"/>. Equality ignores them.</param>
/// <param name="Version">The event's number in its stream: 1 for the first event, without gaps.</param>
/// <param name="EventId">A UUIDv5 of the command id and the event's index in the command: the same on every
/// retry.</param>
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

    // Used by `with`. It does not copy the cached event, which a change of type or data makes invalid.
    private EventRecord(EventRecord original) =>
        (Contracts, Stream, Version, EventId, Type, TypeVersion, Data, CommandId, Actor, At) =
        (original.Contracts, original.Stream, original.Version, original.EventId, original.Type, original.TypeVersion, original.Data, original.CommandId, original.Actor, original.At);

    /// <summary>
    /// The event, read once from <see cref="Data"/> and upcast to its latest version. <see cref="TypeVersion"/> and
    /// <see cref="Data"/> keep the stored values.
    /// </summary>
    /// <exception cref="UnknownContractException">This code does not know the type or its version.</exception>
    public IEvent Event => _event ??= (IEvent)Contracts.Read(Type, TypeVersion, Data);

    /// <summary>Creates the record of a new event.</summary>
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
