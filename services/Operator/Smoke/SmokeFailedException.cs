namespace ServerlessCqrs.Operator.Smoke;

/// <summary>The shop failed a check. The message says what is wrong, then what to do.</summary>
internal sealed class SmokeFailedException(string message) : Exception(message);
