using System.CommandLine;
using ServerlessCqrs.Operating.Commands;

namespace ServerlessCqrs.Operating;

/// <summary>Runs a command line on a system.</summary>
public static class OperatorProgram
{
    // Ctrl-C cancels the command's token. The command then has this long to clean up.
    private static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(5);

    /// <returns>The exit code. 0 is good, 1 means that the command found something wrong.</returns>
    public static async Task<int> RunAsync(string[] args, OperatedSystem system)
    {
        var parsed = OperatorCommandLine.Parse(system, args);
        if (parsed.Errors.Count > 0) return Failures.Report(parsed);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = CleanUp,
        };
        return await Failures.ReportAsync(() => parsed.InvokeAsync(configuration));
    }
}
