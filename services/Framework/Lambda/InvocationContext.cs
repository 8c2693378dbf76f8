namespace ServerlessCqrs.Lambda;

/// <summary>What Lambda says about one invocation, in the headers of its Runtime API.</summary>
/// <param name="RequestId">Lambda's id of the invocation; a retry of a batch has another one.</param>
/// <param name="FunctionArn">The function, version or alias that was invoked.</param>
/// <param name="TraceId">The X-Ray header, when there is one.</param>
/// <param name="Deadline">When Lambda kills the process. The handler's cancellation comes a margin earlier.</param>
public sealed record InvocationContext(
    string RequestId,
    string FunctionArn,
    string? TraceId,
    DateTimeOffset Deadline);
