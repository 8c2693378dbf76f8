using ServerlessCqrs.LocalRuntime.Secrets;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>
/// Files in the data folder for the printed commands. They keep tokens out of the terminal and the shell's history.
/// </summary>
internal static class TryFiles
{
    /// <summary>Writes the examples, and a <c>ROLE.header</c> for each token, for curl's <c>-H @FILE</c>.</summary>
    public static void Write(string dataFolder, IReadOnlyDictionary<string, string> tokens, IReadOnlyDictionary<string, string> examples)
    {
        foreach (var (role, token) in tokens)
            OwnerOnlyFile.Write(Path.Combine(dataFolder, $"{role}.header"), $"Authorization: Bearer {token}\n");
        foreach (var (name, content) in examples)
            File.WriteAllText(Path.Combine(dataFolder, name), content);
    }
}
