using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>A decider with scripted decisions.</summary>
public sealed class ScriptedDecider(IDecider inner, Func<Decision> decide) : IDecider
{
    public string Category => inner.Category;

    public int StateShape => inner.StateShape;

    public object Initial => inner.Initial;

    public Decision Decide(object state, ICommand command, CommandContext context) => decide();

    public object Evolve(object state, IEvent @event) => inner.Evolve(state, @event);

    public bool Creates(ICommand command) => inner.Creates(command);

    public string WriteState(object state) => inner.WriteState(state);

    public object ReadState(string json) => inner.ReadState(json);
}
