using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Lambda;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Invocation {RequestId} failed: {ErrorType}: {Reason}")]
    public static partial void InvocationFailed(this ILogger log, string requestId, string errorType, string reason);

    [LoggerMessage(2, LogLevel.Error, "The handler of invocation {RequestId} threw")]
    public static partial void HandlerThrew(this ILogger log, Exception e, string requestId);

    [LoggerMessage(3, LogLevel.Critical, "The Runtime API failed, so the process ends: {Reason}")]
    public static partial void RuntimeApiFailed(this ILogger log, Exception? e, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The process ends before its last invocation has finished")]
    public static partial void InvocationAbandoned(this ILogger log);

    [LoggerMessage(6, LogLevel.Warning, "The response of the last invocation could not be sent: {Reason}")]
    public static partial void RuntimeApiGone(this ILogger log, string reason);

    [LoggerMessage(7, LogLevel.Error, "The response to {Method} {Path} is larger than the {MaxBytes} bytes that Lambda accepts. The client gets a 500.")]
    public static partial void AnswerTooLarge(this ILogger log, string method, string path, int maxBytes);

    [LoggerMessage(8, LogLevel.Information, "A malformed request was answered with 400: {Reason}")]
    public static partial void RequestMalformed(this ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger log, Exception e, string method, string path);
}
