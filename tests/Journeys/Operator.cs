using System.Diagnostics;

namespace ServerlessCqrs.Journeys;

/// <summary>The Operator, run as a person runs it, on a stack's data folder.</summary>
internal static class Operator
{
    public static async Task<(int ExitCode, string Output)> RunAsync(LocalStack stack, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Programs.Operator, .. arguments, "--data", stack.Data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Proves the stack's history, tips and read models against one another.</summary>
    public static async Task VerifyAsync(LocalStack stack)
    {
        var (exitCode, output) = await RunAsync(stack, "verify");
        Assert.True(exitCode == 0, output);
    }
}
