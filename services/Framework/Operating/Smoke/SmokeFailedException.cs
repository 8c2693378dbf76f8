namespace ServerlessCqrs.Operating.Smoke;

/// <summary>The stack failed a check. The message says what is wrong, then what to do.</summary>
public sealed class SmokeFailedException(string message) : Exception(message);
