namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>Starts a program as a child process, and restarts it when it ends.</summary>
public interface IProcessLauncher
{
    /// <summary>Starts the program and returns when it is ready.</summary>
    Task<IProgramProcess> LaunchAsync(ProgramLaunch launch, CancellationToken ct);
}

/// <summary>A running program. Disposing stops it without a restart.</summary>
public interface IProgramProcess : IAsyncDisposable
{
    /// <summary>The process id, which a restart changes; 0 while the program does not run.</summary>
    int Pid { get; }

    /// <summary>Sends SIGKILL; the program is then restarted.</summary>
    void Kill();
}

/// <param name="Name">A unique name: the program's name, with a number for a further instance, as in
/// <c>EventsToMail-2</c>.</param>
/// <param name="IsReady">Polled until it returns true.</param>
public sealed record ProgramLaunch(
    string Name,
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    Func<CancellationToken, Task<bool>> IsReady);
