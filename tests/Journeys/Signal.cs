using System.Diagnostics;

namespace ServerlessCqrs.Journeys;

/// <summary>Signals to processes, by <c>kill(1)</c>.</summary>
internal static class Signal
{
    /// <param name="name">Without <c>SIG</c>: <c>INT</c>, <c>STOP</c>.</param>
    public static async Task SendAsync(string name, int pid)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        await kill.WaitForExitAsync();
        Assert.True(kill.ExitCode == 0, $"kill -{name} {pid} ended with {kill.ExitCode}");
    }
}
