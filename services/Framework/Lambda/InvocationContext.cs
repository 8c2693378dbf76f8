namespace ServerlessCqrs.Lambda;

/// <summary>What Lambda's Runtime API says about an invocation in its headers.</summary>
/// <param name="RequestId">Lambda's id of the invocation. A retried batch has another one.</param>
/// <param name="FunctionArn">The function, version or alias that was invoked.</param>
/// <param name="TraceId">The X-Ray header, if there is one.</param>
/// <param name="Deadline">The time at which Lambda kills the process. The handler is cancelled a margin
/// earlier.</param>
public sealed record InvocationContext(
    string RequestId,
    string FunctionArn,
    string? TraceId,
    DateTimeOffset Deadline);
