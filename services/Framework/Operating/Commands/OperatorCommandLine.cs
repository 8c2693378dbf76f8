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

    private static IEnumerable<Command> CommandsOf(OperatedSystem system)
    {
        foreach (var own in system.Commands(system)) yield return own;
        yield return new VerifyCommand(system).Create();
        yield return new ReconcileCommand(system).Create();
        yield return new RecoverCommand(system).Create();
        yield return new HistoryCommand(system).Create();
        yield return new DiffCommand(system).Create();
        if (system.ReadModels.Models.Count > 0)
        {
            yield return new ReadModelCommand(system).Create();
            yield return new RebuildCommand(system).Create();
        }

        yield return new DeadLettersCommand(system).Create();
        yield return new ParkedCommand(system).Create();
        if (system.Erasure is { } erasure) yield return new EraseCommand(system, erasure).Create();
        if (system.Mails is { } mails) yield return new MailsCommand(system, mails).Create();
        yield return new ConsoleCommand(system).Create();
    }
}
