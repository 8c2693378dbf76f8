namespace ServerlessCqrs.Lambda;

/// <summary>
/// An event that this program cannot handle. It must fail the invocation: to a Kinesis or SQS mapping, an empty answer means that
/// the whole batch was handled.
/// </summary>
public sealed class UnknownEventException(string message) : Exception(message);
