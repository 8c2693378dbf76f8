namespace ServerlessCqrs.Streams;

/// <summary>Who answers events with commands, so that several streams reach one end.</summary>
/// <param name="Itself">Whom its commands are from; its role is <see cref="Actor.Process"/>.</param>
/// <param name="Category">The streams that keep its state: one of them ties together all that belongs to one case.</param>
/// <param name="Commands">The messages that it sends.</param>
public sealed record ProcessManager(
    Actor Itself,
    string Category,
    WireContracts Commands);
