using System.Runtime.InteropServices;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>Sends the signals that a supervisor needs to a process or its group.</summary>
internal static class Posix
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>
    /// The prefix of a child's command line that gives the child its own session and process group. Ctrl-C in the
    /// terminal then reaches only this process, and the whole group can be stopped. macOS has no setsid, but always
    /// perl.
    /// </summary>
    public static IReadOnlyList<string> OwnSession { get; } =
        OperatingSystem.IsWindows() ? []
        : FindOnPath("setsid") is { } setsid ? [setsid]
        : FindOnPath("perl") is { } perl ? [perl, "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\\n\"", "--"]
        : [];

    public static void Terminate(int pid) => Signal(pid, SigTerm, andGroup: false);

    public static void Kill(int pid) => Signal(pid, SigKill, andGroup: true);

    /// <summary>Kills the rest of the group of a process that no longer exists.</summary>
    public static void KillGroup(int pid)
    {
        if (!OperatingSystem.IsWindows())
            _ = kill(-pid, SigKill);
    }

    public static string? FindOnPath(string program)
    {
        var names = OperatingSystem.IsWindows() ? new[] { program + ".exe", program + ".cmd" } : [program];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private static void Signal(int pid, int signal, bool andGroup)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            process.Kill(entireProcessTree: true);
            return;
        }

        // Immediately after the fork the child has no group of its own. The signal then goes only to the child.
        if (!andGroup || kill(-pid, signal) != 0)
            _ = kill(pid, signal);
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
