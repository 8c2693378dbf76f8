using System.Diagnostics;
using ServerlessCqrs.LocalRuntime.Lambda;

namespace ServerlessCqrs.Benchmarks;

/// <summary>Runs the Operator on a stack's data folder, as a person does.</summary>
internal static class OperatorProcess
{
    /// <summary>Returns its output as lines.</summary>
    /// <exception cref="LatencyException">The Operator found a fault, or failed.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(string root, string folder, string[] arguments, CancellationToken ct)
    {
        using var process = Start(root, folder, arguments);
        var output = (await process.StandardOutput.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? output : throw new LatencyException($"operator {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Join('\n', output)}");
    }

    /// <summary>Starts the Operator and does not wait for its end.</summary>
    public static Process Start(string root, string folder, string[] arguments) =>
        Process.Start(new ProcessStartInfo(ProgramPlace.DotNet, [ProgramPlace.Of(root).AssemblyOf("services/Operator"), .. arguments, "--data", folder]) { RedirectStandardOutput = true })!;
}
