using System.Collections.Concurrent;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The operations journal in memory, for tests.</summary>
public sealed class InMemoryOperations : IOperationsJournal
{
    private readonly ConcurrentQueue<Operation> _all = new();

    public Task WriteAsync(IReadOnlyList<Operation> operations, CancellationToken ct)
    {
        foreach (var operation in operations) _all.Enqueue(operation);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<Operation> ReadAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct) =>
        _all.Where(one => (from is null || one.At >= from) && (to is null || one.At <= to)).OrderBy(one => one.At).ToAsyncEnumerable();
}
