namespace ServerlessCqrs.Architecture.Specs.Documentation;

/// <summary>Files that people write, without what tools made of them.</summary>
internal static class SourceFiles
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "cdk.out"];

    /// <summary>The C# files of a folder, at any depth.</summary>
    public static IEnumerable<string> Of(string folder) => Of(folder, ".cs");

    /// <param name="folder">The path from the repository's root.</param>
    /// <param name="extensions">The extensions with their dot.</param>
    public static IEnumerable<string> Of(string folder, params string[] extensions) => In(Path.Combine(Repository.Root, folder), extensions);

    private static IEnumerable<string> In(string folder, string[] extensions) => Directory.EnumerateFiles(folder)
        .Where(file => extensions.Contains(Path.GetExtension(file)))
        .Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => !Made.Contains(Path.GetFileName(inner)))
            .SelectMany(inner => In(inner, extensions)));
}
