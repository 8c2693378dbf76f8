using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>The access of one kind of reader to tips and log, with circuits that no other kind can open.</summary>
public sealed class Lane(GuardedTips tips, GuardedLog log)
{
    public GuardedTips Tips { get; } = tips;

    public GuardedLog Log { get; } = log;

    public StreamReader Reader { get; } = new(log, tips);

    public GuardedStreams Streams => new(Reader, Tips, Log);
}
