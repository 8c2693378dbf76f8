namespace ServerlessCqrs.Operator;

/// <summary>What scripts switch on.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>It ran to its end, and not all is as it should be.</summary>
    public const int NotGood = 1;

    /// <summary>It could not run, or not to its end.</summary>
    public const int Failed = 2;

    /// <summary>Ended by Ctrl-C, as shells count: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;
}
