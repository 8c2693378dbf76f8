using System.Diagnostics;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

/// <summary>Checks whether a process runs by its pid, like <c>ps</c>.</summary>
internal static class RunningProcess
{
    /// <summary>False for a zombie, which no longer runs and waits for its parent.</summary>
    public static bool IsAlive(int pid)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "stat=", "-p", $"{pid}"]) { RedirectStandardOutput = true })!;
        var state = ps.StandardOutput.ReadToEnd().Trim();
        ps.WaitForExit();
        return state.Length > 0 && state[0] != 'Z';
    }

    public static async Task AwaitEndAsync(int pid)
    {
        var since = Stopwatch.GetTimestamp();
        while (IsAlive(pid))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10), $"pid {pid} still runs");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
