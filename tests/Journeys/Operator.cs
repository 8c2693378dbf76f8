using System.Diagnostics;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>The Operator, run as a person runs it, on a stack's data folder.</summary>
internal static class Operator
{
    public static Task<(int ExitCode, string Output)> RunAsync(LocalStack stack, params string[] arguments) =>
        RunAsync(new ProcessStartInfo("dotnet", [Programs.Operator, .. arguments, "--data", stack.Data]));

    /// <summary>On a stack that is deployed, with this in its environment besides.</summary>
    public static Task<(int ExitCode, string Output)> RunDeployedAsync(string name, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Programs.Operator, .. arguments, "--stack", name]);
        foreach (var (key, value) in environment) start.Environment[key] = value;
        return RunAsync(start);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Proves the stack's history, tips and read models against one another, once what failed and is hidden meanwhile came again.</summary>
    public static async Task VerifyAsync(LocalStack stack)
    {
        using var queues = new Queues(stack);
        await queues.DrainedAsync(ShopTopology.ReadModels);
        var (exitCode, output) = await RunAsync(stack, "verify");
        Assert.True(exitCode == 0, output);
    }
}
