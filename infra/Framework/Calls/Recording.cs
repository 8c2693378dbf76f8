namespace ServerlessCqrs.Calls;

/// <summary>Makes programs record their AWS calls.</summary>
public static class Recording
{
    /// <summary>The environment variable that names the folder to record into. Without it, nothing is recorded.</summary>
    public const string Folder = "RECORD_AWS_CALLS";

    /// <summary>The environment variable that names the folder to count requests into. Without it, nothing is counted.</summary>
    public const string Counts = "COUNT_AWS_CALLS";

    /// <summary>The environment variable with the program's name, if it differs from its assembly's name.</summary>
    public const string Program = "RECORD_AWS_CALLS_AS";

    /// <summary>
    /// The environment variables that make a program record or count its calls; empty without a folder.
    /// </summary>
    /// <param name="program">The name to record under; null for the assembly's name.</param>
    /// <param name="counts">The folder to count into.</param>
    public static IReadOnlyDictionary<string, string> Into(string? folder, string? program = null, string? counts = null)
    {
        var environment = new Dictionary<string, string>();
        if (!string.IsNullOrEmpty(folder)) environment[Folder] = folder;
        if (!string.IsNullOrEmpty(counts)) environment[Counts] = counts;
        if (environment.Count == 0) return environment;
        environment["DOTNET_STARTUP_HOOKS"] = typeof(Recording).Assembly.Location;
        if (program is not null) environment[Program] = program;
        return environment;
    }
}
