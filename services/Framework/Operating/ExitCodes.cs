namespace ServerlessCqrs.Operating;

/// <summary>The exit codes of the Operator.</summary>
public static class ExitCodes
{
    public const int Good = 0;

    /// <summary>The command completed and found something wrong.</summary>
    public const int NotGood = 1;

    /// <summary>The command could not start or not complete.</summary>
    public const int Failed = 2;

    /// <summary>Ctrl-C ended the command. Shells use 128 plus the signal number.</summary>
    public const int Interrupted = 130;
}
