using Microsoft.AspNetCore.Connections;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>Prints one line that says why the stack did not start.</summary>
internal static class StartFailures
{
    private const string StackTraces = "LOCAL_STACK_TRACES";

    /// <returns>The exit code; 1 for a failed start.</returns>
    public static async Task<int> ReportAsync(Func<Task<int>> start, TextWriter errors)
    {
        try
        {
            return await start();
        }
#pragma warning disable CA1031 // Whatever else happens is a failure, and a person gets one line of it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await errors.WriteLineAsync(Environment.GetEnvironmentVariable(StackTraces) is null ? TextOf(e) : e.ToString());
            return 1;
        }
    }

    private static string TextOf(Exception e) => e switch
    {
        IOException { InnerException: AddressInUseException } => $"{e.Message} Stop the program that uses it, or choose other ports with --port N (all ports count up from N).",
        IOException or UnauthorizedAccessException when !e.Message.Contains("--", StringComparison.Ordinal) => $"{e.Message} Mend that in the data folder, or choose another folder with --data.",
        // The messages of this code's own exceptions say what to do.
        IOException or InvalidOperationException or ProcessFailedException => e.Message,
        _ => $"The stack did not start: {e.Message} The logs of its parts are in the data folder. Set {StackTraces}=1 to see where it failed.",
    };
}
