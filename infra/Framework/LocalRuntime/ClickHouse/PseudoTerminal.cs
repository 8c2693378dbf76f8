using System.Runtime.InteropServices;
using System.Text;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// A terminal of our own on file descriptor 0. With it clickhouse-local counts as interactive: it waits for the next line instead of ending
/// after its query, and it does not install the error handler by which a client's TCP reset would abort the process.
/// </summary>
internal static class PseudoTerminal
{
    private const int Stdin = 0;
    private static int _ours = -1;

    public static void AttachToStdin()
    {
        if (openpty(out _ours, out var theirs, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero) != 0 || dup2(theirs, Stdin) < 0)
            throw new InvalidOperationException($"no pseudo terminal could be opened (errno {Marshal.GetLastPInvokeError()})");
        _ = close(theirs);
        // What it echoes must be read, or its writes block once the buffer is full.
        new Thread(Drain) { IsBackground = true, Name = "pty" }.Start();
    }

    public static void Type(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _ = write(_ours, bytes, bytes.Length);
    }

    private static void Drain()
    {
        var buffer = new byte[4096];
        while (read(_ours, buffer, buffer.Length) > 0)
        {
        }
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int openpty(out int master, out int slave, IntPtr name, IntPtr termios, IntPtr size);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int dup2(int from, int to);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int descriptor, byte[] buffer, nint count);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint read(int descriptor, byte[] buffer, nint count);
}
