using System.CommandLine;

namespace ServerlessCqrs.Operating.Commands;

/// <summary>Every command of a system's Operator.</summary>
internal static class OperatorCommandLine
{
    public static RootCommand Create(OperatedSystem system)
    {
        var root = new RootCommand(system.Description);
        foreach (var command in CommandsOf(system)) root.Add(command);
        return root;
    }

    /// <summary>
    /// Parses the arguments. A subject may begin with @, so <c>@ann</c> names no file with more arguments.
    /// </summary>
    public static ParseResult Parse(OperatedSystem system, IReadOnlyList<string> args) =>
        Create(system).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    private static IEnumerable<Command> CommandsOf(OperatedSystem system) =>
    [
        .. system.Commands(system),
        new VerifyCommand(system).Create(),
        new ReconcileCommand(system).Create(),
        new RecoverCommand(system).Create(),
        new HistoryCommand(system).Create(),
        new DiffCommand(system).Create(),
        new ReadModelCommand(system).Create(),
        new RebuildCommand(system).Create(),
        new DeadLettersCommand(system).Create(),
        new ParkedCommand(system).Create(),
        .. system.Erasure is { } erasure ? [new EraseCommand(system, erasure).Create()] : Array.Empty<Command>(),
        .. system.Mails is { } mails ? [new MailsCommand(system, mails).Create()] : Array.Empty<Command>(),
        new ConsoleCommand(system).Create(),
    ];
}
