namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>The start of a child process, its readiness check and its time limits.</summary>
/// <param name="Name">Unique in the supervisor; also the name of the log file and of the entry in
/// <c>processes.json</c>.</param>
public sealed record ProcessSpec(
    string Name,
    string FileName,
    IReadOnlyList<string> Arguments)
{
    /// <summary>Variables that are added to the inherited environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Runs before every start, including restarts, while the process does not run.</summary>
    public Func<CancellationToken, Task>? BeforeStart { get; init; }

    /// <summary>Polled until it returns true. Without it a process is ready as soon as it runs.</summary>
    public Func<CancellationToken, Task<bool>>? IsReady { get; init; }

    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between SIGTERM and SIGKILL.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The command line as <c>ps</c> shows it. It distinguishes a leftover from another process with the same pid.
    /// </summary>
    internal string CommandLine => string.Join(' ', [FileName, .. Arguments]);
}
