namespace ServerlessCqrs.Operator.Smoke;

/// <summary>The shop does not do what it must. The message says what is wrong, then what to do.</summary>
internal sealed class SmokeFailedException(string message) : Exception(message);
