using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>
/// One stream's life under random commands, checked at every step. The stored state equals the known one and the fold
/// of the events, and decisions survive a round trip.
/// </summary>
internal abstract class Telling(StreamId stream)
{
    private readonly IDecider _decider = ShopDomain.Instance.DeciderOf(stream)!;
    private readonly List<IEvent> _events = [];
    private object _state = ShopDomain.Instance.DeciderOf(stream)!.Initial;

    /// <summary>Sends a command, and if it is accepted, sends it again.</summary>
    public void Ask(ICommand command, Actor by, DateTimeOffset at)
    {
        var context = new CommandContext(stream, by, at);
        var decision = _decider.Decide(_state, command, context);
        Assert.Equal(Outcome(decision), Outcome(_decider.Decide(_decider.ReadState(_decider.WriteState(_state)), command, context)));
        if (decision is Decision.Refused refused) Assert.Equal(ShopDomain.Instance.RefusalOf(refused.Code)?.Kind, refused.Kind);
        if (decision is not Decision.Accepted accepted) return;

        Assert.Empty(command.Check());
        CheckActor(_state, command, by);
        foreach (var @event in accepted.Events) Happen(@event);
        if (!MayActTwice(accepted.Events)) Assert.IsType<Decision.Nothing>(_decider.Decide(_state, command, context));
    }

    public IReadOnlyList<IEvent> End()
    {
        Assert.Equal(_decider.WriteState(_state), _decider.WriteState(_events.Aggregate(_decider.Initial, _decider.Evolve)));
        return _events;
    }

    /// <summary>Asserts that this actor may give the accepted command.</summary>
    protected abstract void CheckActor(object state, ICommand command, Actor by);

    protected abstract void CheckStep(object before, IEvent @event, object after);

    protected virtual bool MayActTwice(IReadOnlyList<IEvent> events) => false;

    private void Happen(IEvent @event)
    {
        var before = _state;
        var restored = _decider.Evolve(_decider.ReadState(_decider.WriteState(_state)), Restored(@event));
        _state = _decider.Evolve(_state, @event);
        _events.Add(@event);
        Assert.Equal(_decider.WriteState(_state), _decider.WriteState(restored));
        Assert.Equal(_decider.WriteState(_state), _decider.WriteState(_decider.ReadState(_decider.WriteState(_state))));
        CheckStep(before, @event, _state);
    }

    private static IEvent Restored(IEvent @event)
    {
        var name = ShopContracts.Events.NameOf(@event);
        return (IEvent)ShopContracts.Events.Read(name.Name, name.Version, ShopContracts.Events.Write(@event));
    }

    private static string Outcome(Decision decision) => decision switch
    {
        Decision.Accepted accepted => string.Join('\n', accepted.Events.Select(ShopContracts.Events.Write)),
        Decision.Refused refused => refused.Code,
        _ => "unchanged",
    };
}
