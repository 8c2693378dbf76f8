using System.CommandLine;
using ServerlessCqrs.Operator;
using ServerlessCqrs.Operator.Commands;

var parsed = OperatorCommandLine.Parse(args);
if (parsed.Errors.Count > 0) return Failures.Report(parsed);

// Ctrl-C cancels the command's token. The command then has this long to clean up.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(5) };
return await Failures.ReportAsync(() => parsed.InvokeAsync(configuration));
