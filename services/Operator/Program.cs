using System.CommandLine;
using ServerlessCqrs.Operator;
using ServerlessCqrs.Operator.Commands;

var root = new RootCommand("The command line of the people who run the shop.")
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

// Ctrl-C cancels the token of the command, which then has this long to leave everything as it should be left.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(5) };
var parsed = root.Parse(args);
var code = await Failures.ReportAsync(() => parsed.InvokeAsync(configuration));
return parsed.Errors.Count > 0 ? ExitCodes.Failed : code;
