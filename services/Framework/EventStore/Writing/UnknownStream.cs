using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>The decider of a category that only newer code knows. Its commands are parked and never decided.</summary>
internal sealed class UnknownStream(string category) : IDecider
{
    public string Category => category;

    /// <summary>Not the shape of any decider: newer code starts with its own state.</summary>
    public int StateShape => 0;

    public object Initial { get; } = new();

    public Decision Decide(object state, ICommand command, CommandContext context) => throw new NotSupportedException($"No decider handles streams of category '{category}'.");

    public object Evolve(object state, IEvent @event) => throw new NotSupportedException($"No decider folds streams of category '{category}'.");

    public bool Creates(ICommand command) => false;

    public string WriteState(object state) => "null";

    public object ReadState(string json) => Initial;
}
