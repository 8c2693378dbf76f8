namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>How an invocation ended: with the function's answer, or with an error of the function or of its process.</summary>
public abstract record InvocationResult
{
    private InvocationResult()
    {
    }

    public sealed record Answered(ReadOnlyMemory<byte> Payload) : InvocationResult;

    /// <param name="ErrorType">The function's exception, or one of Lambda's: <c>Sandbox.Timedout</c>, <c>Runtime.ExitError</c>.</param>
    public sealed record Failed(
        string ErrorType,
        string Message) : InvocationResult;
}
