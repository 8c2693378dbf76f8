namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>Starts a program as a child process and keeps it running: one that ends is started again.</summary>
public interface IProcessLauncher
{
    /// <summary>Returns when the program is ready.</summary>
    Task<IProgramProcess> LaunchAsync(ProgramLaunch launch, CancellationToken ct);
}

/// <summary>Disposing ends it for good.</summary>
public interface IProgramProcess : IAsyncDisposable
{
    /// <summary>Another one after a restart; 0 while it does not run.</summary>
    int Pid { get; }

    /// <summary>SIGKILL; it is then started again.</summary>
    void Kill();
}

/// <param name="Name">Unique: the program's name, and for a further instance its number, as in <c>EventsToMail-2</c>.</param>
/// <param name="IsReady">Asked until it says true.</param>
public sealed record ProgramLaunch(
    string Name,
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    Func<CancellationToken, Task<bool>> IsReady);
