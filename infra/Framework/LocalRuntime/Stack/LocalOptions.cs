namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>What a user may say about a local stack.</summary>
/// <param name="DataFolder">Everything that is kept lies below it; absolute.</param>
/// <param name="Port">The edge's; the other parts take the ports after it. 0: any free ports.</param>
public sealed record LocalOptions(
    string DataFolder,
    int Port)
{
    /// <summary>Where development servers of web pages listen: Vite, Angular, and Next.js or Create React App.</summary>
    public static IReadOnlyList<string> DevelopmentOrigins { get; } = ["http://localhost:5173", "http://localhost:4173", "http://localhost:4200", "http://localhost:3000"];

    /// <summary>Origins of web pages that may call the API; * for all.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = DevelopmentOrigins;

    /// <summary>Whether the demo runs beside the stack.</summary>
    public bool WithDemo { get; init; }

    /// <summary>Whether the console starts.</summary>
    public bool Console { get; init; } = true;
}
