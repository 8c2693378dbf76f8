using System.Runtime.InteropServices;
using System.Text;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// A pseudo terminal on file descriptor 0, which makes clickhouse-local interactive. It then waits for the next line
/// instead of ending after its query. It also does not install the error handler that aborts the process after a
/// client's TCP reset.
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
        // Somebody must read the terminal's echo, or its writes block when the buffer is full.
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
