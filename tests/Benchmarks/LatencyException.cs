namespace ServerlessCqrs.Benchmarks;

/// <summary>There is nothing to measure, or the measured operation failed. The message is for a person.</summary>
internal sealed class LatencyException(string message, Exception? inner = null) : Exception(message, inner);
