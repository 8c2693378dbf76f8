
namespace ServerlessCqrs.EventStore.Log;

/// <summary>What people did to the machinery itself, past the command path: kept as long as the history.</summary>
public interface IOperationsJournal
{
    /// <summary>Returns once all of it is stored. To be called before it is done: what was begun and interrupted is told too.</summary>
    Task WriteAsync(IReadOnlyList<Operation> operations, CancellationToken ct);

    /// <summary>What was done within that time, both inclusive, the oldest first.</summary>
    IAsyncEnumerable<Operation> ReadAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct);
}

/// <summary>Something that an operator did.</summary>
/// <param name="Who">As the machine it was done from knows them.</param>
/// <param name="What">As in <c>redrive</c>.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Why">In the operator's own words; null where none were asked for.</param>
public sealed record Operation(
    DateTimeOffset At,
    string Who,
    string What,
    string Subject,
    string? Why);
