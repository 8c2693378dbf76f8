namespace ServerlessCqrs.Lambda;

/// <summary>
/// This program cannot handle the event. It must fail the invocation, because a Kinesis or SQS mapping treats an empty
/// response as success of the whole batch.
/// </summary>
public sealed class UnknownEventException(string message) : Exception(message);
