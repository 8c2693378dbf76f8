using System.ComponentModel;
using System.Diagnostics;

namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>One run of a <see cref="ProcessSpec"/>, from its start to its end.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan FirstProbe = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan SlowestProbe = TimeSpan.FromMilliseconds(100);
    private readonly ProcessSpec _spec;
    private readonly Process _process;
    private readonly ProcessLog _log;
    private readonly Task _output;
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    private ChildProcess(ProcessSpec spec, Process process, ProcessLog log)
    {
        (_spec, _process, _log) = (spec, process, log);
        Pid = process.Id;
        _output = Task.WhenAll(
            PumpAsync(process.StandardOutput, isError: false),
            PumpAsync(process.StandardError, isError: true));
    }

    public int Pid { get; }

    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <exception cref="ProcessFailedException">The program could not start.</exception>
    public static ChildProcess Start(ProcessSpec spec, ProcessLog log)
    {
        string[] command = [.. Posix.OwnSession, spec.FileName, .. spec.Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.WorkingDirectory ?? "",
        };
        foreach (var (key, value) in spec.Environment)
            start.Environment[key] = value;

        log.Begin(spec.CommandLine);
        try
        {
            var process = Process.Start(start)!;
            // A child reads an end of file, never this process's terminal.
            process.StandardInput.Close();
            return new ChildProcess(spec, process, log);
        }
        catch (Win32Exception e)
        {
            throw new ProcessFailedException(spec.Name, $"could not be started ({e.Message})", [spec.CommandLine], log.Path);
        }
    }

    /// <exception cref="ProcessFailedException">The process ended, or was not ready in time.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        if (_spec.IsReady is null)
            return;

        for (var wait = FirstProbe; ; wait = wait < SlowestProbe ? wait * 1.5 : SlowestProbe)
        {
            if (await _spec.IsReady(ct) && !HasExited)
                return;
            if (HasExited)
            {
                await WaitForExitAsync(ct);
                throw new ProcessFailedException(_spec.Name, $"ended with exit code {ExitCode} before it was ready", _log.LastLines, _log.Path);
            }

            if (Age > _spec.ReadyTimeout)
                throw new ProcessFailedException(_spec.Name, $"was not ready after {_spec.ReadyTimeout.TotalSeconds:0} s", _log.LastLines, _log.Path);
            await Task.Delay(wait, ct);
        }
    }

    /// <summary>Waits for the end of the process, and briefly for its last lines.</summary>
    public async Task WaitForExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        // A grandchild can keep the pipes open for as long as it lives.
        await Task.WhenAny(_output, Task.Delay(TimeSpan.FromMilliseconds(300), ct));
    }

    /// <summary>
    /// Sends SIGTERM. Sends SIGKILL to the rest of its group when the process has ended or its grace period is over.
    /// </summary>
    public async Task StopAsync()
    {
        if (!HasExited)
        {
            Posix.Terminate(Pid);
            using var grace = new CancellationTokenSource(_spec.StopGrace);
            try
            {
                await _process.WaitForExitAsync(grace.Token);
            }
            catch (OperationCanceledException)
            {
                _log.Write($"did not end within {_spec.StopGrace.TotalSeconds:0} s of SIGTERM: killed", isError: true);
            }
        }

        if (!HasExited)
        {
            Posix.Kill(Pid);
            await WaitForExitAsync(CancellationToken.None);
        }

        Posix.KillGroup(Pid);
    }

    public void Dispose() => _process.Dispose();

    private async Task PumpAsync(StreamReader from, bool isError)
    {
        try
        {
            while (await from.ReadLineAsync() is { } line)
                _log.Write(line, isError);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The pipe was closed with the process.
        }
    }
}
