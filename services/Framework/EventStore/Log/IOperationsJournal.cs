
namespace ServerlessCqrs.EventStore.Log;

/// <summary>Records what operators did outside the command path. It is kept as long as the history.</summary>
public interface IOperationsJournal
{
    /// <summary>
    /// Returns after all operations are stored. Call it before you start them, so that interrupted operations are
    /// recorded too.
    /// </summary>
    Task WriteAsync(IReadOnlyList<Operation> operations, CancellationToken ct);

    /// <summary>Streams the operations between two times (inclusive), the oldest first.</summary>
    IAsyncEnumerable<Operation> ReadAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct);
}

/// <param name="Who">The operator's name on the machine that ran the command.</param>
/// <param name="What">The name of the operation, for example <c>redrive</c>.</param>
/// <param name="Subject">The target of the operation.</param>
/// <param name="Why">The operator's reason, or null if the operation needs none.</param>
public sealed record Operation(
    DateTimeOffset At,
    string Who,
    string What,
    string Subject,
    string? Why);
