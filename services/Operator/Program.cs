using System.CommandLine;
using ServerlessCqrs.Operator;
using ServerlessCqrs.Operator.Commands;

var parsed = OperatorCommandLine.Parse(args);
if (parsed.Errors.Count > 0) return Failures.Report(parsed);

// Ctrl-C cancels the token of the command, which then has this long to leave everything as it should be left.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(5) };
return await Failures.ReportAsync(() => parsed.InvokeAsync(configuration));
