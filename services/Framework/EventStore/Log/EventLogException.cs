namespace ServerlessCqrs.EventStore.Log;

/// <summary>An operation of the log failed. The message names it. Every operation of the log can be retried.</summary>
public sealed class EventLogException(string message, Exception? inner = null) : Exception(message, inner);
