namespace ServerlessCqrs.EventStore.Log;

/// <summary>The log did not do what was asked; the message says what that was. Everything the log does may be asked again.</summary>
public sealed class EventLogException(string message, Exception? inner = null) : Exception(message, inner);
