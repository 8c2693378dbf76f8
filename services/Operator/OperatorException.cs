namespace ServerlessCqrs.Operator;

/// <summary>What was asked for cannot be done; the message says why, and what to do.</summary>
public sealed class OperatorException(string message, Exception? inner = null) : Exception(message, inner);
