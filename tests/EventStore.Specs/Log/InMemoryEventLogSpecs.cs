using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.EventStore.Specs.Log;

public sealed class InMemoryEventLogSpecs : EventLogContract
{
    private readonly InMemoryEventLog _log = new();

    protected override IEventLog Appender => _log;

    protected override IEventHistory History => _log;

    protected override IAuditTrail Trail => _log;

    protected override IStreamLookup Lookup => _log;

    protected override IStreamIndex Index => _log;
}
