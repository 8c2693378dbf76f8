namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Compares two outcomes field by field. It compares the events by content, which a record compares by reference.
/// </summary>
internal static class OutcomeEquality
{
    public static bool Same(CommandOutcome one, CommandOutcome other) =>
        one.Events.SequenceEqual(other.Events) && one == other with { Events = one.Events };
}
