namespace ServerlessCqrs.Streams;

/// <summary>Answers events with commands, to coordinate several streams.</summary>
/// <param name="Itself">The actor of its commands, with the role <see cref="Actor.Process"/>.</param>
/// <param name="Category">The category of the streams that hold its state, one per case.</param>
/// <param name="Commands">The commands that it sends.</param>
public sealed record ProcessManager(
    Actor Itself,
    string Category,
    WireContracts Commands);
