using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Canary;

/// <summary>The stream that the canary writes, and its commands.</summary>
/// <param name="Writer">The actor of all commands.</param>
/// <param name="Create">The first command.</param>
/// <param name="Change">Returns every further command. Each must produce an event.</param>
public sealed record CanaryStream(
    StreamId Id,
    Actor Writer,
    ICommand Create,
    Func<DateTimeOffset, ICommand> Change);
