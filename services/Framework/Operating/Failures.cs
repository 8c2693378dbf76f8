using System.CommandLine;
using System.CommandLine.Parsing;
using Amazon.Runtime;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections.Building;

namespace ServerlessCqrs.Operating;

/// <summary>Converts an exception into one line for a person and an exit code for a script.</summary>
internal static class Failures
{
    private const string StackTraces = "OPERATOR_STACK_TRACES";

    /// <summary>Prints the errors of the command line, one per line. The command has not run.</summary>
    public static int Report(ParseResult parsed)
    {
        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct()) Console.Error.WriteLine(error);
        Console.Error.WriteLine($"See {CommandOf(parsed.CommandResult)} --help.");
        return ExitCodes.Failed;
    }

    public static async Task<int> ReportAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException e) when (e.InnerException is not TimeoutException)
        {
            await Console.Error.WriteLineAsync("Stopped. The same command can be given again at any time.");
            return ExitCodes.Interrupted;
        }
        catch (OperatorException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is AmazonClientException or EventLogException or RecordsNotAcknowledgedException or HttpRequestException or IOException or OperationCanceledException or BuildStoppedException)
        {
            await Console.Error.WriteLineAsync($"{e.Message}{Environment.NewLine}Does the stack still run? Once it does, the same command can be given again.");
            return ExitCodes.Failed;
        }
#pragma warning disable CA1031 // Whatever else happens is a failure, and a person gets one line of it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync(Environment.GetEnvironmentVariable(StackTraces) is null ? $"{e.GetType().Name}: {e.Message} Set {StackTraces}=1 to see where." : e.ToString());
            return ExitCodes.Failed;
        }
    }

    private static string CommandOf(CommandResult command) => command.Parent is CommandResult parent ? $"{CommandOf(parent)} {command.Command.Name}" : command.Command.Name;
}
