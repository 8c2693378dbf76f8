using System.Diagnostics;
using ServerlessCqrs.LocalRuntime.Lambda;

namespace ServerlessCqrs.Benchmarks;

/// <summary>The Operator on a stack's data folder, run as a person runs it.</summary>
internal static class OperatorProcess
{
    /// <summary>What it printed, line by line.</summary>
    /// <exception cref="LatencyException">It found something that is not good, or failed.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(string root, string folder, string[] arguments, CancellationToken ct)
    {
        using var process = Start(root, folder, arguments);
        var output = (await process.StandardOutput.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? output : throw new LatencyException($"operator {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Join('\n', output)}");
    }

    /// <summary>The Operator, at work.</summary>
    public static Process Start(string root, string folder, string[] arguments) =>
        Process.Start(new ProcessStartInfo(ProgramPlace.DotNet, [ProgramPlace.Of(root).AssemblyOf("services/Operator"), .. arguments, "--data", folder]) { RedirectStandardOutput = true })!;
}
