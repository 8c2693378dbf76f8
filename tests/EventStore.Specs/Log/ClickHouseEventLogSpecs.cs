using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.EventStore.Specs.Log;

public sealed class ClickHouseEventLogSpecs(Stores stores) : EventLogContract
{
    protected override IEventLog Appender { get; } = new ClickHouseEventLog(stores.Database);

    protected override IEventHistory History { get; } = new ClickHouseEventHistory(stores.Database);

    protected override IAuditTrail Trail { get; } = new ClickHouseAuditTrail(stores.Database);

    protected override IStreamLookup Lookup { get; } = new ClickHouseEventHistory(stores.Database);

    protected override IStreamIndex Index { get; } = new ClickHouseEventHistory(stores.Database);
}
