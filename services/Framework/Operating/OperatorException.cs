namespace ServerlessCqrs.Operating;

/// <summary>The command cannot do what was requested. The message says why, and what to do.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
public sealed class OperatorException(string message, Exception? inner = null, int exitCode = ExitCodes.Failed) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
