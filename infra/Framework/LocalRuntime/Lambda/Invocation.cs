namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>One event on its way to an instance and back.</summary>
internal sealed class Invocation(ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<InvocationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString();

    public ReadOnlyMemory<byte> Payload => payload;

    public Task<InvocationResult> Result => _result.Task;

    /// <summary>The caller no longer waits: an instance need not take it.</summary>
    public bool IsAbandoned { get; private set; }

    public void Abandon() => IsAbandoned = true;

    /// <summary>False when it has ended before.</summary>
    public bool TryEnd(InvocationResult result) => _result.TrySetResult(result);
}
