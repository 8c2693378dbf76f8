using System.Runtime.InteropServices;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>The two signals that a supervisor needs, to a process or to its whole group.</summary>
internal static class Posix
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>
    /// What stands before a child's command line so that it gets a session, and so a process group, of its own: Ctrl-C in the terminal
    /// then reaches us and not the child, and the group can be ended with it. macOS has no setsid, but always perl.
    /// </summary>
    public static IReadOnlyList<string> OwnSession { get; } =
        OperatingSystem.IsWindows() ? []
        : FindOnPath("setsid") is { } setsid ? [setsid]
        : FindOnPath("perl") is { } perl ? [perl, "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\\n\"", "--"]
        : [];

    public static void Terminate(int pid) => Signal(pid, SigTerm, andGroup: false);

    public static void Kill(int pid) => Signal(pid, SigKill, andGroup: true);

    /// <summary>Ends what a process that is gone itself left in its group.</summary>
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

        // Right after the fork the child is not yet a group of its own: then the signal goes to it alone.
        if (!andGroup || kill(-pid, signal) != 0)
            _ = kill(pid, signal);
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
