using Amazon.Runtime;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Operator;

/// <summary>Turns what ended a command early into a line for a person and an exit code for a script.</summary>
internal static class Failures
{
    public static async Task<int> ReportAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. The same command can be given again at any time.");
            return ExitCodes.Interrupted;
        }
        catch (OperatorException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is AmazonClientException or EventLogException or RecordsNotAcknowledgedException or HttpRequestException or IOException)
        {
            await Console.Error.WriteLineAsync($"{e.Message}{Environment.NewLine}Does the stack still run? Once it does, the same command can be given again.");
            return ExitCodes.Failed;
        }
#pragma warning disable CA1031 // What nobody foresaw is shown whole, and is a failure all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync(e.ToString());
            return ExitCodes.Failed;
        }
    }
}
