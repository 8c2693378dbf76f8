using System.Diagnostics;

namespace ServerlessCqrs.Journeys;

/// <summary>Signals to processes, by <c>kill(1)</c>.</summary>
internal static class Signal
{
    private const int Interrupt = 2;

    /// <param name="name">Without <c>SIG</c>: <c>INT</c>, <c>STOP</c>.</param>
    public static async Task SendAsync(string name, int pid)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        await kill.WaitForExitAsync();
        Assert.True(kill.ExitCode == 0, $"kill -{name} {pid} ended with {kill.ExitCode}");
    }

    /// <summary>
    /// SIGSTOP, and the wait until every thread has stopped: <c>kill(1)</c> returns before the threads see the signal, and until then the process still answers.
    /// Linux tells the state of each thread (proc_pid_stat(5)); elsewhere the signal alone has to do.
    /// </summary>
    public static async Task StopAsync(int pid)
    {
        await SendAsync("STOP", pid);
        var threads = $"/proc/{pid}/task";
        if (!Directory.Exists(threads)) return;
        await Eventually.TrueAsync(() => Task.FromResult(Directory.EnumerateDirectories(threads).All(HasStopped)), TimeSpan.FromSeconds(30), () => $"{pid} goes on after SIGSTOP");
    }

    /// <summary>The same to a process that may be gone by now.</summary>
    public static async Task TrySendAsync(string name, int pid)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{pid}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    /// <summary>Whether the process ignores SIGINT because who started it does (POSIX: an ignored signal stays ignored in children). Linux tells; elsewhere it is taken to listen.</summary>
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
            // The state is the letter behind the name, which stands in parentheses and may hold any others.
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
