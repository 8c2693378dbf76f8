using System.Diagnostics;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// Stops this process's children when this process is killed. A small shell reads their pids from a pipe that only this
/// process has open. The kernel closes the pipe with this process, for any reason. The shell then kills the process
/// groups that are still on its list. (PR_SET_PDEATHSIG exists only on Linux, and fires when the starting
/// <em>thread</em> ends, as pool threads do.)
/// </summary>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script = """
        trap '' INT TERM HUP
        pids=
        while read -r op pid; do
          if [ "$op" = + ]; then
            pids="$pids $pid"
          else
            rest=
            for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done
            pids=$rest
          fi
        done
        for p in $pids; do kill -s KILL -- "-$p" 2>/dev/null || kill -s KILL "$p" 2>/dev/null; done
        """;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _pids = [];
    private Process? _shell;

    public void Add(int pid)
    {
        lock (_gate)
        {
            _pids.Add(pid);
            Tell($"+ {pid}");
        }
    }

    public void Remove(int pid)
    {
        lock (_gate)
        {
            _pids.Remove(pid);
            Tell($"- {pid}");
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _shell?.StandardInput.Dispose();
            _shell?.WaitForExit();
            _shell?.Dispose();
            _shell = null;
        }
    }

    private void Tell(string line)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            if (_shell is { HasExited: false } shell)
            {
                shell.StandardInput.WriteLine(line);
                return;
            }
        }
        catch (IOException)
        {
            // Somebody killed the guard: a new one replaces it below.
        }

        _shell?.Dispose();
        string[] command = [.. Posix.OwnSession, "/bin/sh", "-c", Script];
        _shell = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true })!;
        _shell.StandardInput.AutoFlush = true;
        foreach (var pid in _pids)
            _shell.StandardInput.WriteLine($"+ {pid}");
    }
}
