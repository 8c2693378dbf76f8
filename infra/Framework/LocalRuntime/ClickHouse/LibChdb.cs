using System.Runtime.InteropServices;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// The entry points of chDB's library that run <c>clickhouse local</c> inside this process (chdb.h of 26.7). The
/// library is ClickHouse itself, including its HTTP server.
/// </summary>
internal static class LibChdb
{
    private const string Library = "chdb";

    /// <exception cref="InvalidOperationException">npm installed no library for this platform.</exception>
    public static string Find(string repositoryRoot)
    {
        var package = (OperatingSystem.IsMacOS() ? "darwin-" : "linux-")
            + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")
            + (OperatingSystem.IsMacOS() ? "" : "-gnu");
        var path = Path.Combine(repositoryRoot, "node_modules", "@chdb", "lib-" + package, "libchdb.so");
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"npm did not install ClickHouse's library (@chdb/lib-{package}): your npm registry may not have it, or this platform is not supported. Delete node_modules to try again.");
    }

    public static void Load(string path) => NativeLibrary.SetDllImportResolver(
        typeof(LibChdb).Assembly,
        (name, _, _) => name == Library ? NativeLibrary.Load(path) : IntPtr.Zero);

    /// <summary>
    /// Disables chDB's signal handlers. They would replace the runtime's, and a null reference in managed code would
    /// then end the process.
    /// </summary>
    public static void LeaveSignalsAlone() => chdb_set_signal_handlers_enabled(0);

    /// <summary>Runs <c>clickhouse local</c> with these arguments until it ends. Returns its error, or null.</summary>
    public static string? RunCommandLine(IReadOnlyList<string> arguments)
    {
        var argv = arguments.Prepend("clickhouse").Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        try
        {
            var result = chdb_query_cmdline(argv.Length, [.. argv, IntPtr.Zero]);
            if (result == IntPtr.Zero)
                return "chdb_query_cmdline gave no result";
            var error = Marshal.PtrToStringUTF8(chdb_result_error(result));
            chdb_destroy_query_result(result);
            return string.IsNullOrEmpty(error) ? null : error;
        }
        finally
        {
            foreach (var argument in argv)
                Marshal.FreeCoTaskMem(argument);
        }
    }

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void chdb_set_signal_handlers_enabled(int enabled);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr chdb_query_cmdline(int argc, IntPtr[] argv);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr chdb_result_error(IntPtr result);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void chdb_destroy_query_result(IntPtr result);
}
