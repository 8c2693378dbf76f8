using System.CommandLine;

namespace ServerlessCqrs.Operator.Commands;

/// <summary>Every command of the Operator.</summary>
internal static class OperatorCommandLine
{
    public static RootCommand Create() => new("The command line of the people who run the shop.")
    {
        ImportCommand.Create(),
        VerifyCommand.Create(),
        ReconcileCommand.Create(),
        HistoryCommand.Create(),
        DiffCommand.Create(),
        ReadModelCommand.Create(),
        RebuildCommand.Create(),
        DeadLettersCommand.Create(),
        EraseCommand.Create(),
        MailsCommand.Create(),
    };
}
