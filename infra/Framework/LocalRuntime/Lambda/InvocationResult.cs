namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// The result of an invocation: the function's response, or an error of the function or of its process.
/// </summary>
public abstract record InvocationResult
{
    private InvocationResult()
    {
    }

    public sealed record Answered(ReadOnlyMemory<byte> Payload) : InvocationResult;

    /// <param name="ErrorType">The type of the function's exception, or one of Lambda's: <c>Sandbox.Timedout</c>,
    /// <c>Runtime.ExitError</c>.</param>
    public sealed record Failed(
        string ErrorType,
        string Message) : InvocationResult;
}
