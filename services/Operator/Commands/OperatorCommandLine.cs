using System.CommandLine;

namespace ServerlessCqrs.Operator.Commands;

/// <summary>Every command of the Operator.</summary>
internal static class OperatorCommandLine
{
    public static RootCommand Create() => new("Operates the shop: imports, verifies, repairs, rebuilds and erases.")
    {
        ImportCommand.Create(),
        VerifyCommand.Create(),
        ReconcileCommand.Create(),
        RecoverCommand.Create(),
        HistoryCommand.Create(),
        DiffCommand.Create(),
        ReadModelCommand.Create(),
        RebuildCommand.Create(),
        DeadLettersCommand.Create(),
        ParkedCommand.Create(),
        EraseCommand.Create(),
        MailsCommand.Create(),
        SmokeCommand.Create(),
        DemoCommand.Create(),
        ConsoleCommand.Create(),
    };

    /// <summary>A subject may begin with @, so an argument such as @ann is what it says and names no file with arguments.</summary>
    public static ParseResult Parse(IReadOnlyList<string> args) => Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
}
