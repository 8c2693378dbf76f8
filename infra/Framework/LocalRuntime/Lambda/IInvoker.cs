namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>A function as its mapping sees it.</summary>
public interface IInvoker
{
    string Name { get; }

    /// <summary>
    /// Waits for a free instance, hands it the payload, and for its answer: at most the function's timeout from then on. Never throws
    /// for what the function does.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the function may still be at it.</exception>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct);
}
