namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>How to start one child process, how to tell that it serves, and how long it may take to do so and to stop.</summary>
/// <param name="Name">Unique within the supervisor; names the log file and the entry in <c>processes.json</c>.</param>
public sealed record ProcessSpec(
    string Name,
    string FileName,
    IReadOnlyList<string> Arguments)
{
    /// <summary>Added to the environment that the child inherits; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Runs before every start, the first and those after a crash, while the process does not run.</summary>
    public Func<CancellationToken, Task>? BeforeStart { get; init; }

    /// <summary>Asked again and again until it says true. Without it a process counts as ready once it runs.</summary>
    public Func<CancellationToken, Task<bool>>? IsReady { get; init; }

    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between SIGTERM and SIGKILL.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>As <c>ps</c> shows it: what tells a leftover of ours from a stranger with the same pid.</summary>
    internal string CommandLine => string.Join(' ', [FileName, .. Arguments]);
}
