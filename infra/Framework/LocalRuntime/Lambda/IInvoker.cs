namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>A function from the viewpoint of its mapping.</summary>
public interface IInvoker
{
    string Name { get; }

    /// <summary>
    /// Waits for a free instance, passes it the payload, and waits for its response: at most the function's timeout
    /// from then on. A failure of the function is a result, not an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the function can still be
    /// running.</exception>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct);
}
