using System.Runtime.InteropServices;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// Restricts the calling thread, and every thread that it starts, to the named files, and forbids outgoing TCP
/// connections. ClickHouse's engine counts as a local program here: its function <c>file()</c> and <c>INSERT … FROM
/// INFILE</c> need no grant and would read any file of the user. It uses Linux's Landlock
/// (https://docs.kernel.org/userspace-api/landlock.html). macOS and older kernels lack it; there only the password
/// protects those files.
/// </summary>
internal static class FileFence
{
    // The numbers are the same on x64 and arm64 (asm-generic/unistd.h).
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;

    /// <summary>Version 1 forbids every rename between folders, and dropping a table needs such a rename.</summary>
    private const int OldestVersion = 2;

    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong ConnectTcp = 1 << 1;
    private const int OfFile = 0b100_0000_0000_0111;
    private const int OpenPathOnly = 0x20_0000;
    private const int NoNewPrivileges = 38;

    /// <summary>
    /// The system files that the engine and .NET's runtime read. They include no home folder and no other process.
    /// </summary>
    public static IReadOnlyList<string> EngineReads { get; } =
    [
        AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory(), "/dev/urandom", "/usr/share/zoneinfo", "/sys/devices/system", "/sys/fs/cgroup",
        "/proc/self", "/proc/sys", "/proc/cpuinfo", "/proc/loadavg", "/proc/meminfo", "/proc/stat", "/proc/uptime", "/proc/filesystems",
    ];

    /// <summary>Returns false if the system does not support it.</summary>
    public static bool Raise(IReadOnlyList<string> writable, IReadOnlyList<string> readable)
    {
        var version = OperatingSystem.IsLinux() ? syscall(CreateRuleset, IntPtr.Zero, 0, 1) : 0;
        if (version < OldestVersion)
            return false;

        // All rights of this version: 14 in version 2, and truncation since version 3.
        var all = (1UL << (version >= 3 ? 15 : 14)) - 1;
        var attributes = new Ruleset(all, version >= 4 ? ConnectTcp : 0);
        var rules = (int)syscall(CreateRuleset, ref attributes, version >= 4 ? 16 : 8, 0);
        if (rules < 0)
            return false;
        try
        {
            foreach (var path in readable)
                Allow(rules, path, ReadFile | ReadFolder);
            foreach (var path in writable)
                Allow(rules, path, all);
            return prctl(NoNewPrivileges, 1, 0, 0, 0) == 0 && syscall(RestrictSelf, rules, 0, IntPtr.Zero, 0) == 0;
        }
        finally
        {
            _ = close(rules);
        }
    }

    /// <summary>Allows access to a path. A path that does not exist is skipped.</summary>
    private static void Allow(int rules, string path, ulong rights)
    {
        var place = open(path, OpenPathOnly);
        if (place < 0)
            return;
        var rule = new PathBeneath(Directory.Exists(path) ? rights : rights & OfFile, place);
        _ = syscall(AddRule, rules, 1, ref rule, 0);
        _ = close(place);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Ruleset(
        ulong Files,
        ulong Network);

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct PathBeneath(
        ulong Rights,
        int Place);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long syscall(long number, IntPtr none, long size, long flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long syscall(long number, ref Ruleset attributes, long size, long flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long syscall(long number, long rules, long type, ref PathBeneath rule, long flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long syscall(long number, long rules, long flags, IntPtr none, long nothing);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, ulong a, ulong b, ulong c, ulong d);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);
}
