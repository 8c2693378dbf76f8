namespace ServerlessCqrs.EventStore.Log;

/// <summary>Whether two outcomes are the same row: every field, and the events by their content, which a record compares by reference.</summary>
internal static class OutcomeEquality
{
    public static bool Same(CommandOutcome one, CommandOutcome other) =>
        one.Events.SequenceEqual(other.Events) && one == other with { Events = one.Events };
}
