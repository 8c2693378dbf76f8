namespace ServerlessCqrs.Local.Stack;

/// <summary>What a user may say about a local stack.</summary>
/// <param name="DataFolder">Everything that is kept lies below it; absolute.</param>
/// <param name="Port">The edge's; the other parts take the ports after it. 0: any free ports.</param>
public sealed record LocalOptions(
    string DataFolder,
    int Port);
