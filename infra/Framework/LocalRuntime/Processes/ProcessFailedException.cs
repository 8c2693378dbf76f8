namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// A child process ended, or was not ready in time. The message contains its last lines of output and the path of its
/// log.
/// </summary>
public sealed class ProcessFailedException(string name, string what, IReadOnlyList<string> lastLines, string logFile) : Exception(
    $"{name} {what}. Its last lines (all of them in {logFile}):{Environment.NewLine}  {(lastLines.Count == 0 ? "(it printed nothing)" : string.Join(Environment.NewLine + "  ", lastLines))}")
{
    public string Name { get; } = name;
}
