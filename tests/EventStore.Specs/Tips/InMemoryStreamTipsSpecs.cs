using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.EventStore.Specs.Tips;

public sealed class InMemoryStreamTipsSpecs : StreamTipsContract
{
    protected override IStreamTips Tips { get; } = new InMemoryStreamTips();
}
