using ServerlessCqrs.LocalRuntime.Secrets;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>Files in the data folder that the printed commands use, so that no token stands on the terminal or in a shell's history.</summary>
internal static class TryFiles
{
    /// <summary>Writes <c>ROLE.header</c> for each token, as curl's <c>-H @FILE</c> reads it, and the examples.</summary>
    public static void Write(string dataFolder, IReadOnlyDictionary<string, string> tokens, IReadOnlyDictionary<string, string> examples)
    {
        foreach (var (role, token) in tokens)
            OwnerOnlyFile.Write(Path.Combine(dataFolder, $"{role}.header"), $"Authorization: Bearer {token}\n");
        foreach (var (name, content) in examples)
            File.WriteAllText(Path.Combine(dataFolder, name), content);
    }
}
