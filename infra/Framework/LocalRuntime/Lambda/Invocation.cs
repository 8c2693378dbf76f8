namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>One event and its pending result.</summary>
internal sealed class Invocation(ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<InvocationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString();

    public ReadOnlyMemory<byte> Payload => payload;

    public Task<InvocationResult> Result => _result.Task;

    /// <summary>Whether the caller has stopped waiting, so that no instance needs to take the event.</summary>
    public bool IsAbandoned { get; private set; }

    public void Abandon() => IsAbandoned = true;

    /// <summary>Returns false if the invocation has already ended.</summary>
    public bool TryEnd(InvocationResult result) => _result.TrySetResult(result);
}
