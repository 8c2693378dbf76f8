using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>Stands for the decider of a category that only newer code knows: its commands are parked, never decided.</summary>
internal sealed class UnknownStream(string category) : IDecider
{
    public string Category => category;

    /// <summary>No decider's shape: the newer code begins with its own state.</summary>
    public int StateShape => 0;

    public object Initial { get; } = new();

    public Decision Decide(object state, ICommand command, CommandContext context) => throw new NotSupportedException($"Nobody decides for streams of category '{category}'.");

    public object Evolve(object state, IEvent @event) => throw new NotSupportedException($"Nobody folds streams of category '{category}'.");

    public bool Creates(ICommand command) => false;

    public string WriteState(object state) => "null";

    public object ReadState(string json) => Initial;
}
