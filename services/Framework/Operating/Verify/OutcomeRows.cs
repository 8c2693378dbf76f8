using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>Compares outcomes by value: records compare their lists of events by reference.</summary>
internal sealed class OutcomeRows : IEqualityComparer<CommandOutcome>
{
    public static OutcomeRows Comparer { get; } = new();

    public bool Equals(CommandOutcome? x, CommandOutcome? y) =>
        x is not null && y is not null && x.Events.SequenceEqual(y.Events) && x == y with { Events = x.Events };

    public int GetHashCode(CommandOutcome outcome) => outcome.CommandId.GetHashCode();
}
