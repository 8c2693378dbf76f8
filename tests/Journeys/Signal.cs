using System.Diagnostics;

namespace ServerlessCqrs.Journeys;

/// <summary>Sends signals to processes with <c>kill(1)</c>.</summary>
internal static class Signal
{
    private const int Interrupt = 2;

    /// <param name="name">The name without <c>SIG</c>: <c>INT</c>, <c>STOP</c>.</param>
    public static async Task SendAsync(string name, int pid)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        await kill.WaitForExitAsync();
        Assert.True(kill.ExitCode == 0, $"kill -{name} {pid} ended with {kill.ExitCode}");
    }

    /// <summary>
    /// Sends SIGSTOP, and waits until every thread has stopped. <c>kill(1)</c> returns before that, and the process
    /// still responds until then. Linux shows the state of each thread (proc_pid_stat(5)). Elsewhere it only sends the
    /// signal.
    /// </summary>
    public static async Task StopAsync(int pid)
    {
        await SendAsync("STOP", pid);
        var threads = $"/proc/{pid}/task";
        if (!Directory.Exists(threads)) return;
        await Eventually.TrueAsync(() => Task.FromResult(Directory.EnumerateDirectories(threads).All(HasStopped)), TimeSpan.FromSeconds(30), () => $"{pid} goes on after SIGSTOP");
    }

    /// <summary>Sends the signal to a process that may have ended.</summary>
    public static async Task TrySendAsync(string name, int pid)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{pid}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    /// <summary>
    /// Returns true if the process ignores SIGINT because its parent does (POSIX: children inherit ignored signals).
    /// Only Linux shows this. Elsewhere it returns false.
    /// </summary>
    public static bool IsDeafToInterrupts(int pid)
    {
        var status = $"/proc/{pid}/status";
        if (!File.Exists(status)) return false;
        var ignored = File.ReadLines(status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
        return (Convert.ToUInt64(ignored.Trim(), 16) & (1UL << (Interrupt - 1))) != 0;
    }

    private static bool HasStopped(string thread)
    {
        try
        {
            // The state is the letter after the name. The name is in parentheses, and may contain any characters.
            var stat = File.ReadAllText($"{thread}/stat");
            return stat[stat.LastIndexOf(')') + 2] is 'T' or 't';
        }
        catch (IOException)
        {
            // The thread has ended.
            return true;
        }
    }
}
