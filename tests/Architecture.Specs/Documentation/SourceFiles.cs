namespace ServerlessCqrs.Architecture.Specs.Documentation;

/// <summary>C# files that people write.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> Of(string folder) => In(Path.Combine(Repository.Root, folder));

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs").Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj"))
            .SelectMany(In));
}
