namespace ServerlessCqrs.Streams;

/// <summary>Why a command of any kind is refused. The codes are a contract: clients switch on them, the audit trail stores them.</summary>
public static class CommonRefusals
{
    /// <summary>The command is for another kind of stream, or for another stream of its kind.</summary>
    public const string WrongStream = "wrong_stream";

    /// <summary>Only process managers send the command.</summary>
    public const string NotTheProcess = "not_the_process";
}
